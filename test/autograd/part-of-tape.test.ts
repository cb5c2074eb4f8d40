import { expect } from "chai";
import { grad, op, printTape, type Tensor, tensor } from "chalk-and-tape/autograd";
import type { NDArray } from "chalk-and-tape/np";
import { gradients } from "#internal/autograd";

const leaf = (value: number): Tensor => tensor(value, { requiresGrad: true });

describe("autograd, which part of the tape is walked", () => {
  it("gradients: a side branch that leads from none of the xs is not run, and not used up", () => {
    const never = op(
      (a: NDArray) => a.mul(1),
      () => {
        throw new Error("called");
      },
    );
    const [x, w] = [leaf(2), leaf(3)];
    const side = w.mul(5);
    const y = x.mul(side).mul(never(w));
    expect(gradients(y, [x]).map((dx) => dx.item())).to.deep.equal([45]);
    side.backward();
    expect(w.grad?.item()).to.equal(5);
  });
  it("gradients: where the way ends at an x, the step that made x may be used up", () => {
    const x = leaf(2).mul(4);
    x.backward();
    expect(gradients(x.mul(x), [x]).map((dx) => dx.item())).to.deep.equal([16]);
  });
  it("grad of several constants is a constant: one variable is not taken for what another closes over", () => {
    const found = grad((a: Tensor, b: Tensor) => a.mul(a).mul(b).mul(b), [0, 1])(2, 3);
    expect(found.map((dx) => dx.item())).to.deep.equal([36, 24]);
    expect(found.map((dx) => dx.requiresGrad)).to.deep.equal([false, false]);
  });
  it("grad: f sees a step called variable on the tape", () => {
    let said = "";
    grad((x: Tensor) => {
      said = printTape(x);
      return x.mul(1);
    })(2);
    expect(said).to.equal("#1 variable(constant ()) → ()");
  });
  for (const [what, returned, said] of [
    ["null", null, "null"],
    ["nothing", undefined, "undefined"],
    ["a number", 3, "3"],
    ["a list", [3], "[3]"],
    ["an object without a class", Object.create(null), "an empty object"],
  ] as const) {
    it(`grad: a function that returns ${what} is refused`, () => {
      const f = (() => returned) as unknown as (x: Tensor) => Tensor;
      expect(() => grad(f)(2)).to.throw(TypeError, `grad: the function returned ${said}, expected a tensor`);
    });
  }
  it("grad: refuses an argument that is a promise", () => {
    const late = Promise.resolve(3) as unknown as number;
    expect(() => grad((x: Tensor) => x)(late)).to.throw(
      TypeError,
      "grad: argument 0 is a promise; expected a tensor",
    );
  });
});
