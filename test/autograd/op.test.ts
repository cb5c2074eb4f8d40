import { expect } from "chai";
import { differentiable, op, type TensorFunction, tensor } from "chalk-and-tape/autograd";
import { gradgradcheck } from "chalk-and-tape/compare";
import { array, exp, type NDArray, random, zeros } from "chalk-and-tape/np";
import { gradcheck } from "../gradcheck/quiet.ts";

const cube = op(
  function cube(x: NDArray) {
    return x.mul(x).mul(x);
  },
  (dy, x) => dy.mul(x).mul(x).mul(3),
);
/** Two arrays that are differentiated, one that is constant, and a number. */
const blend = op(
  function blend(a: NDArray, b: NDArray, weight: NDArray, power: number) {
    return a.mul(weight).add(b.pow(power));
  },
  (dy, _a, _b, weight) => dy.mul(weight),
  (dy, _a, b, _weight, power) => dy.mul(b.pow(power - 1)).mul(power),
  null,
);

describe("autograd, op: a new primitive", () => {
  const rng = random(1);
  it("records its forward and its rule: gradcheck passes, first and second order", () => {
    const x = rng.normal(0, 1, [2, 3]);
    expect(gradcheck(differentiable(cube), [x]).failed).to.equal(0);
    expect(gradgradcheck(cube, [x], { quiet: true }).failed).to.equal(0);
  });
  it("several arrays, a constant one and a number: each rule belongs to its argument", () => {
    const f: TensorFunction = (a, b) => blend(a, b, array([2, -3]), 3);
    const inputs = [rng.normal(0, 1, [2]), rng.uniform(0.4, 2, [2])];
    expect(gradcheck(differentiable(f), inputs).failed).to.equal(0);
    const second = gradgradcheck(f, inputs, { zeroSecondDerivatives: ["input 0"], quiet: true });
    expect(second.rows.filter((row) => row.verdict !== "agree")).to.deep.equal([]);
  });
  it("an argument with rule null gets no gradient, even as a tensor that requires one", () => {
    const [a, w] = [tensor([1, 2], { requiresGrad: true }), tensor([3, 4], { requiresGrad: true })];
    blend(a, array([1, 1]), w, 2)
      .sum()
      .backward();
    expect(a.grad?.toArray()).to.deep.equal([3, 4]);
    expect(w.grad).to.equal(null);
  });
  it("rules see the arguments in order, and y last", () => {
    const seen: unknown[] = [];
    const spy = op(
      (x: NDArray, times: number) => x.mul(times),
      (dy, x, times, y) => {
        seen.push(x.toArray(), times, y.toArray());
        return dy.mul(times);
      },
    );
    spy(tensor([1, 2], { requiresGrad: true }), 5)
      .sum()
      .backward();
    expect(seen).to.deep.equal([[1, 2], 5, [5, 10]]);
  });
  it("a rule is not called for a constant", () => {
    const never = op(
      (a: NDArray, b: NDArray) => a.mul(b),
      (dy, _a, b) => dy.mul(b),
      () => {
        throw new Error("called");
      },
    );
    never(tensor([1], { requiresGrad: true }), array([2])).backward();
  });
  it("a rule that returns another shape or dtype is named, with op and argument", () => {
    const wrong = op(
      function scale(a: NDArray, b: NDArray) {
        return a.mul(b);
      },
      (dy, _a, b) => dy.mul(b),
      (dy) => dy.sum(0),
    );
    const x = (): ReturnType<typeof tensor> => tensor([[1, 2]], { requiresGrad: true });
    expect(() => wrong(x(), x()).sum().backward()).to.throw(
      TypeError,
      "scale: the gradient of argument 1 is float64 (2,), but the argument is float64 (1, 2); they must be equal",
    );
    expect(() =>
      wrong(array([[1, 2]]), x())
        .sum()
        .backward(),
    ).to.throw(TypeError, "scale: the gradient of argument 1");
    const narrow = op(exp as (x: NDArray) => NDArray, (dy, _x, y) => dy.mul(y).astype("float32"));
    expect(() => narrow(x()).sum().backward()).to.throw(
      TypeError,
      /exp: the gradient of argument 0 is float32 \(1, 2\), but the argument is float64/,
    );
    const nothing = op((a: NDArray) => a.mul(2), () => undefined as unknown as NDArray); // biome-ignore format: rules in a line
    expect(() => nothing(x()).sum().backward()).to.throw(
      TypeError,
      /op: the vjp of argument 0 returned undefined/,
    );
  });
  it("on constants it computes, and records nothing", () => {
    const y = cube(array([2]));
    expect([y.toArray(), y.requiresGrad, y.node]).to.deep.equal([[8], false, null]);
    expect(cube(tensor(zeros([2]))).requiresGrad).to.equal(false);
  });
});
