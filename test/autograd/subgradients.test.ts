import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type Tensor, tensor } from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { abs, array, maximum, minimum, type Nested, sqrt } from "chalk-and-tape/np";

/** ∂(Σ dy ⊙ f(x))/∂x. */
function slope(f: (x: Tensor) => Tensor, at: Nested, dy?: Nested): Nested | undefined {
  const x = tensor(at, { requiresGrad: true });
  const y = f(x);
  y.backward(array(dy ?? y.mul(0).add(1).toArray()));
  return x.grad?.toArray();
}

describe("autograd, subgradients where there is no derivative (PyTorch's choices)", () => {
  it("relu'(0) = 0, also at -0 and on the chalk side", () => {
    const relu = new autograd.ReLU();
    expect(slope((x) => relu.forward(x), [-1, -0, 0, 1e-300, 2], [3, 3, 3, 3, 3])).to.deep.equal([
      0, 0, 0, 3, 3,
    ]);
    const chalk = new manual.ReLU();
    chalk.forward(array([-1, -0, 0, 1e-300, 2]));
    expect(chalk.backward(array([3, 3, 3, 3, 3])).toArray()).to.deep.equal([0, 0, 0, 3, 3]);
  });
  it("maximum and minimum of an array and a number: a tie passes 0", () => {
    expect(slope((x) => maximum(x, 2), [1, 2, 3], [5, 5, 5])).to.deep.equal([0, 0, 5]);
    expect(slope((x) => minimum(x, 2), [1, 2, 3], [5, 5, 5])).to.deep.equal([5, 0, 0]);
  });
  it("maximum and minimum of two arrays: a tie gives half to each", () => {
    for (const f of [maximum, minimum]) {
      const [a, b] = [tensor([1, 2, 5], { requiresGrad: true }), tensor([4, 2, 3], { requiresGrad: true })];
      f(a, b).backward(array([10, 20, 30]));
      const [first, second] = f === maximum ? [b, a] : [a, b];
      expect(first.grad?.toArray()).to.deep.equal([10, 10, 0]);
      expect(second.grad?.toArray()).to.deep.equal([0, 10, 30]);
    }
  });
  it("maximum of a tensor with itself passes dy once", () => {
    expect(slope((x) => maximum(x, x), [1, -2], [3, 4])).to.deep.equal([3, 4]);
  });
  it("abs'(0) = 0", () => {
    expect(slope(abs, [-2, 0, 3], [5, 5, 5])).to.deep.equal([-5, 0, 5]);
  });
  it("max() of all splits a tie evenly", () => {
    const ties = [[1, 7, 7], [7, 0, 7]]; // biome-ignore format: a matrix
    const shared = [[0, 2, 2], [2, 0, 2]]; // biome-ignore format: a matrix
    expect(slope((x) => x.max(), ties, 8)).to.deep.equal(shared);
    expect(slope((x) => x.max(null, true), ties, [[8]])).to.deep.equal(shared);
    expect(slope((x) => x.min(), [3, 1, 1], 8)).to.deep.equal([0, 4, 4]);
  });
  it("max(axis) gives all to the first of equals, whichever the axis", () => {
    const ties = [[1, 7, 7], [7, 7, 0]]; // biome-ignore format: a matrix
    expect(slope((x) => x.max(1), ties, [3, 5])).to.deep.equal([[0, 3, 0], [5, 0, 0]]); // biome-ignore format: a matrix
    expect(slope((x) => x.max(-2), ties, [3, 5, 4])).to.deep.equal([[0, 5, 4], [3, 0, 0]]); // biome-ignore format: a matrix
    expect(slope((x) => x.max(0, true), [4, 4], [6])).to.deep.equal([6, 0]);
  });
  it("sqrt'(0) = Infinity, with the sign of dy", () => {
    expect(slope(sqrt, [0, 0, 4], [1, -1, 1])).to.deep.equal([Infinity, -Infinity, 0.25]);
  });
  it("d(x^0)/dx = 0 everywhere, x = 0 included; d(x^1)/dx = 1 at 0; d(x^2)/dx = 0 at 0", () => {
    expect(slope((x) => x.pow(0), [0, 2, -3])).to.deep.equal([0, 0, -0]);
    expect(slope((x) => x.pow(tensor([0, 1, 2])), [0, 0, 0])).to.deep.equal([0, 1, 0]);
    expect(slope((x) => x.pow(1), [0, 2])).to.deep.equal([1, 1]);
  });
  it("d(x^p)/dp = 0 at x = 0, not NaN", () => {
    const p = tensor([2, 3], { requiresGrad: true });
    tensor([0, 2]).pow(p).sum().backward();
    expect(p.grad?.toArray()).to.deep.equal([0, 8 * Math.log(2)]);
  });
});
