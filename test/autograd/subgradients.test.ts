import { expect } from "chai";
import { type Tensor, tensor } from "chalk-and-tape/autograd";
import { array, max, maximum, type Nested } from "chalk-and-tape/np";
import { subgradients } from "#internal/gradcheck";
import { obedient } from "./convention-functions.ts";

/** ∂(Σ dy ⊙ f(x))/∂x. */
function slope(f: (x: Tensor) => Tensor, at: Nested, dy?: Nested): Nested | undefined {
  const x = tensor(at, { requiresGrad: true });
  const y = f(x);
  y.backward(array(dy ?? y.mul(0).add(1).toArray()));
  return x.grad?.toArray();
}

/** Times a factor, with no −0: PyTorch's zeros have signs that nobody agreed on. */
function times(nested: Nested, factor: number): Nested {
  if (typeof nested === "object") return nested.map((part) => times(part, factor));
  return nested === 0 ? 0 : Number(nested) * factor;
}

describe("the written subgradients, where there is no derivative", () => {
  it("name each function once, and each has somebody who must obey", () => {
    const names = subgradients.map(({ name }) => name);
    expect(names).to.deep.equal(Object.keys(obedient));
    expect(new Set(names).size).to.equal(names.length);
  });
  for (const { name, where, value, source, example } of subgradients)
    it(`${name} at ${where}: ${value} (${source})`, () => {
      for (const [who, slopes] of (obedient[name] ?? []).entries())
        for (const factor of [1, -3])
          expect(
            slopes(example.inputs, factor).map((dx) => times(dx, 1)),
            `${who}: dy = ${factor}`,
          ).to.deep.equal(example.slopes.map((dx) => times(dx, factor)));
    });
});

describe("autograd, subgradients with a dy of its own for each element", () => {
  it("maximum of two arrays: a tie gives half of its own dy to each", () => {
    const [a, b] = [tensor([1, 2, 5], { requiresGrad: true }), tensor([4, 2, 3], { requiresGrad: true })];
    maximum(a, b).backward(array([10, 20, 30]));
    expect([a.grad?.toArray(), b.grad?.toArray()]).to.deep.equal([[0, 10, 30], [10, 10, 0]]); // biome-ignore format: two lists
  });
  it("maximum of a tensor with itself passes dy once", () => {
    expect(slope((x) => maximum(x, x), [1, -2], [3, 4])).to.deep.equal([3, 4]);
  });
  it("max(axis) gives all to the first of equals, whichever the axis", () => {
    const ties = [[1, 7, 7], [7, 7, 0]]; // biome-ignore format: a matrix
    expect(slope((x) => max(x, 1), ties, [3, 5])).to.deep.equal([[0, 3, 0], [5, 0, 0]]); // biome-ignore format: a matrix
    expect(slope((x) => max(x, -2), ties, [3, 5, 4])).to.deep.equal([[0, 5, 4], [3, 0, 0]]); // biome-ignore format: a matrix
    expect(slope((x) => max(x, 0, true), [4, 4], [6])).to.deep.equal([6, 0]);
  });
  it("d(x^0)/dx = 0 everywhere, x = 0 included; d(x^1)/dx = 1 at 0; d(x^2)/dx = 0 at 0", () => {
    expect(slope((x) => x.pow(0), [0, 2, -3])).to.deep.equal([0, 0, 0]);
    expect(slope((x) => x.pow(tensor([0, 1, 2])), [0, 0, 0])).to.deep.equal([0, 1, 0]);
    expect(slope((x) => x.pow(1), [0, 2])).to.deep.equal([1, 1]);
  });
});
