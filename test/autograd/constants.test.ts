import { expect } from "chai";
import { op, type Tensor, tensor } from "chalk-and-tape/autograd";
import { array, concatenate, type NDArray, ones, stack, standardize } from "chalk-and-tape/np";

const leaf = (nested: number[]): Tensor => tensor(nested, { requiresGrad: true });

/** What a function throws, whatever it is: chai's `throw` lets a thrown `undefined` pass. */
function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return "nothing was thrown";
}

describe("autograd, what gets no gradient", () => {
  it("a constant tensor in a list beside one that requires a gradient: its .grad stays null", () => {
    for (const join of [concatenate, stack] as ((xs: Tensor[]) => Tensor)[]) {
      const [x, constant] = [leaf([1, 2]), tensor([3, 4])];
      join([constant, x, constant]).backward(join([tensor([1, 2]), tensor([3, 4]), tensor([5, 6])]));
      expect(x.grad?.toArray()).to.deep.equal([3, 4]);
      expect(constant.grad).to.equal(null);
    }
  });
  it("standardize without axes takes arrays for its mean and std: a tensor's gradient would be lost without a word", () => {
    const x = leaf([1, 2, 6]);
    const [mean, std] = [x.mean(), array([2])];
    expect(() => standardize(x, mean, std)).to.throw(TypeError, "pass its values (mean.data), or the axes");
    expect(() => standardize(x, mean.data, x.max())).to.throw(TypeError, "a tensor's gradient would be lost");
    expect(standardize(x, mean.data, std).toArray()).to.deep.equal([-1, -0.5, 1.5]);
  });
  it("a result whose only use has rule null: its step does not run, and its leaf stays null", () => {
    const keep = op(
      (a: NDArray, b: NDArray) => a.mul(b),
      (dy, _a, b) => dy.mul(b),
      null,
    );
    const [a, w] = [leaf([1, 2]), leaf([3, 4])];
    keep(a, w.mul(2)).backward(ones([2]));
    expect(a.grad?.toArray()).to.deep.equal([6, 8]);
    expect(w.grad).to.equal(null);
  });
  it("a value changed in place throws an Error, not undefined", () => {
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    const y = a.mul(b);
    b.data.addInPlace(ones([2]), 1);
    expect(thrownBy(() => y.backward(array([1, 1])))).to.be.an.instanceOf(TypeError);
  });
});
