import { expect } from "chai";
import { differentiable, Linear, onceDifferentiable, op, type Tensor, tensor } from "chalk-and-tape/autograd";
import { array, type NDArray, random, tanh } from "chalk-and-tape/np";
import { differentiableTwice } from "#internal/autograd";
import { gradcheck } from "../gradcheck/quiet.ts";

const rng = random(41);
const [x, w] = [rng.normal(0, 1, [2, 3]), rng.normal(0, 1, [3, 2])];

describe("autograd, differentiable: a tensor function for gradcheck", () => {
  it("has all inputs checked, under the function's name", () => {
    const layer = (x: Tensor, w: Tensor): Tensor => tanh(x.matmul(w));
    const report = gradcheck(differentiable(layer), [x, w], { names: ["x", "w"] });
    expect(report.failed).to.equal(0);
    expect(report.rows.slice(0, 2).map((row) => `${row.case} ${row.quantity}`)).to.deep.equal([
      "layer x",
      "layer w",
    ]);
  });
  it("an input that plays no part is reported as vacuous, not passed over", () => {
    const report = gradcheck(differentiable((a) => a.mul(2)), [x, w]); // biome-ignore format: one line
    expect(report.rows.slice(0, 2).map((row) => row.verdict)).to.deep.equal(["agree", "vacuous"]);
  });
  it("leaves the gradients of a layer that it closes over alone", () => {
    const layer = new Linear(3, 2, { rng });
    expect(gradcheck(differentiable((a) => layer.forward(a)), [x]).failed).to.equal(0); // biome-ignore format: one line
    expect([layer.weight.grad, layer.bias?.grad]).to.deep.equal([null, null]);
  });
  it("records nothing beyond its own backward, so a rule that is differentiable only once will do", () => {
    const [w, made] = [tensor(3, { requiresGrad: true }), [] as Tensor[]];
    const square = op((a: NDArray) => a.mul(a), onceDifferentiable("by hand", (dy, a) => dy.mul(a).mul(2))); // biome-ignore format: one line
    const f = (a: Tensor): Tensor => {
      made.push(square(a.mul(w)));
      return made.at(-1) as Tensor;
    };
    expect(gradcheck(differentiable(f), [x]).failed).to.equal(0);
    expect(made[0]?.node, "forward").to.equal(null);
  });
  it("says when the function returns no tensor", () => {
    const pair = differentiable((a) => a.data as unknown as Tensor);
    expect(() => pair.forward(x)).to.throw(
      TypeError,
      /differentiable: the function returned a float64 NDArray/,
    );
    expect(() => pair.backward(x, x)).to.throw(
      TypeError,
      /differentiable: the function returned a float64 NDArray/,
    );
  });
  it("twice: the gradients as a function of the inputs and dy, flat and joined", () => {
    const pair = differentiableTwice((a, b) => a.mul(b));
    const inputs = [array([2]), array([3]), array([10])];
    expect(pair.forward(...inputs).toArray()).to.deep.equal([30, 20]);
    const seconds = pair.backward(array([1, 100]), ...inputs);
    // L = dy·b + 100·dy·a: by a 100 dy, by b dy, by dy b + 100 a.
    expect(seconds.map((g) => g.toArray())).to.deep.equal([[1000], [10], [203]]);
  });
  it("twice has the function's name, too", () => {
    const double = (a: Tensor): Tensor => a.mul(a);
    expect(gradcheck(differentiableTwice(double), [x, x]).rows[0]?.case).to.equal("double");
  });
  it("twice needs dy after the inputs", () => {
    expect(() => differentiableTwice((a) => a.mul(2)).forward(x)).to.throw(
      RangeError,
      /got 1 inputs.*dy after/,
    );
  });
});
