import { expect } from "chai";
import { Embedding, grad, type Tensor, tensor } from "chalk-and-tape/autograd";
import { arange, array, ones, random } from "chalk-and-tape/np";

const leaf = (nested: number[] | number[][]): Tensor => tensor(nested, { requiresGrad: true });
const int32 = { dtype: "int32" } as const;

describe("autograd, arrays in an index", () => {
  it("makemore's C[X] is an embedding: values and gradients, a letter that occurs twice included", () => {
    const letters = [[0, 3, 3], [1, 0, 3]]; // biome-ignore format: a matrix
    const embedding = new Embedding(4, 2, { rng: random(1) });
    const C = tensor(embedding.weight.data, { requiresGrad: true });
    const [y, expected] = [C.slice(tensor(letters, int32)), embedding.forward(tensor(letters, int32))];
    expect(y.shape).to.deep.equal([2, 3, 2]);
    expect(y.toArray()).to.deep.equal(expected.toArray());
    const dy = random(2).normal(0, 1, y.shape);
    y.backward(dy);
    expected.backward(dy);
    expect(C.grad?.toArray()).to.deep.equal(embedding.weight.grad?.toArray());
  });

  it("the same index as array, tensor and mask", () => {
    const x = leaf([[1, -2], [-3, 4]]); // biome-ignore format: a matrix
    const both = [
      x.slice(array([0, 1]), tensor([0, 1], int32)),
      x.slice(x.greater(0)),
      x.slice(x.data.greater(0)),
    ];
    expect(both.map((y) => y.toArray())).to.deep.equal([[1, 4], [1, 4], [1, 4]]); // biome-ignore format: a list
    both.reduce((sum, y) => sum.add(y.mul(array([1, 10]))), tensor([0, 0])).sum().backward(); // biome-ignore format: a chain
    expect(x.grad?.toArray()).to.deep.equal([[3, 0], [0, 30]]); // biome-ignore format: a matrix
  });

  it("the gradient of CS231n's loss: −log p[range(N), y]", () => {
    const x = leaf([[1, 2], [3, 5]]); // biome-ignore format: a matrix
    x.slice(arange(2), array([1, 1]))
      .pow(2)
      .sum()
      .backward();
    expect(x.grad?.toArray()).to.deep.equal([[0, 4], [0, 10]]); // biome-ignore format: a matrix
  });

  it("has second derivatives: of Σ x[i]³ with one position twice they are 6 x, twice there", () => {
    const f = (x: Tensor): Tensor => x.slice(array([2, 0, 2])).pow(3).sum(); // biome-ignore format: a chain
    const second = grad((x: Tensor) => grad(f)(x).sum())(tensor([1, 2, 3]));
    expect(second.toArray()).to.deep.equal([6, 0, 36]);
  });

  it("an index that has changed since the step is refused", () => {
    const [x, index] = [leaf([1, 2]), array([0, 1])];
    const y = x.slice(index);
    index.addInPlace(ones([2]), -1);
    expect(() => y.sum().backward()).to.throw(TypeError, /the step "slice" needs its argument 1/);
  });

  it("set is seen by the tape as a change in place", () => {
    const x = leaf([1, 2]);
    const y = x.mul(x);
    x.data.set(5, 0);
    expect(() => y.sum().backward()).to.throw(TypeError, /modified by an inplace operation/);
  });
});
