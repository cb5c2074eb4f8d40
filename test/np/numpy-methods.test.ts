import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { array, type NDArray, random } from "chalk-and-tape/np";

type Call = (...args: readonly unknown[]) => unknown;
const shown = (x: unknown): unknown => {
  if (Array.isArray(x)) return x.map(shown);
  return x instanceof np.NDArray ? [x.dtype, x.shape, x.toArray()] : x;
};

/** A method's arguments, more than once where it takes several kinds. */
const calls: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  all: [[], [1, true]], any: [[], [[0, 1]]], argmax: [[], [1, true]], argmin: [[], [0]], argsort: [[], [0], [null]],
  clip: [[-0.5, 0.5], [null, 0.2]], cumprod: [[], [1]], cumsum: [[], [-1]], diagonal: [[], [1, 1, 2]],
  dot: [[random(2).normal(0, 1, [4])]], max: [[], [1]], mean: [[], [0, true]], min: [[], [-1]], nonzero: [[]],
  prod: [[], [2]], ravel: [[]], repeat: [[2], [2, 0]], round: [[], [1]], squeeze: [[], [1]],
  std: [[], [1, true, { ddof: 1 }]], sum: [[], [0]], swapaxes: [[0, 2]], take: [[[3, 0]], [[1, -1], 2]],
  trace: [[], [1, 0, 2]], var: [[], [0, false, { ddof: 1 }]],
}; // biome-ignore format: a table

describe("np, methods of arrays by NumPy's names", () => {
  const x = (): NDArray => random(1).normal(0, 1, [3, 1, 4]);
  for (const [name, uses] of Object.entries(calls))
    it(`x.${name}(…) is np.${name}(x, …)`, () => {
      for (const args of uses) {
        const [method, called] = [Reflect.get(x(), name) as Call, Reflect.get(np, name) as Call];
        expect(shown(Reflect.apply(method, x(), args))).to.deep.equal(shown(called(x(), ...args)));
      }
    });
  it("transpose takes its axes one by one or as a list; tolist is toArray", () => {
    for (const axes of [[2, 0, 1], [[2, 0, 1]]] as [number[], [number[]]])
      expect(shown(Reflect.apply(x().transpose, x(), axes))).to.deep.equal(
        shown(np.transpose(x(), [2, 0, 1])),
      );
    expect(x().tolist()).to.deep.equal(x().toArray());
  });
  it("flatten is a copy, ravel a view", () => {
    const [a, b] = [array([[1, 2]]), array([[1, 2]])];
    a.flatten().copyFrom(array([7, 8]));
    b.ravel().copyFrom(array([7, 8]));
    expect([a.toArray(), b.toArray()]).to.deep.equal([[[1, 2]], [[7, 8]]]); // biome-ignore format: matrices
  });
});

describe("np, comparisons of whole arrays", () => {
  const { NaN: none, POSITIVE_INFINITY: inf } = Number;
  it("allclose: by the larger of two tolerances, relative to b; NaN only with equalNan", () => {
    expect(np.allclose(array([1, 1e10]), array([1 + 1e-6, 1.00001e10 - 1]))).to.equal(true);
    expect(np.allclose(array([1]), array([1.1]))).to.equal(false);
    expect(np.allclose(array([1]), 1.05, 0.1)).to.equal(true);
    expect(np.allclose(array([0]), array([1e-3]), 0, 1e-2)).to.equal(true);
    expect(np.allclose(array([inf, 1]), array([inf, 1]))).to.equal(true);
    expect(np.allclose(array([inf]), array([-inf]))).to.equal(false);
    expect(np.allclose(array([1]), array([inf]))).to.equal(false);
    expect(np.allclose(array([none]), array([none]))).to.equal(false);
    expect(np.allclose(array([none]), array([none]), 0, 0, true)).to.equal(true);
    expect(np.isclose(array([none, 1]), none, 0, 0, true).toArray()).to.deep.equal([1, 0]);
    expect(np.allclose(array([]), array([]))).to.equal(true);
  });
  it("arrayEqual: the same shape and elements", () => {
    expect(np.arrayEqual(array([1, 2]), array([1, 2], { dtype: "int32" }))).to.equal(true);
    expect(np.arrayEqual(array([1, 2]), array([[1, 2]]))).to.equal(false);
    expect(np.arrayEqual(array([none]), array([none]))).to.equal(false);
    expect(np.arrayEqual(array([1, 2]), array([1, 3]))).to.equal(false);
  });
});

describe("np, einsum says what is wrong with its subscripts", () => {
  const a = (): NDArray => array([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
  const rows: readonly (readonly [what: string, call: () => unknown, error: RegExp])[] = [
    ["a length that differs", () => np.einsum("ij,jk", a(), a()), /"j" has length 3 in one place and 2 in another; shapes \(2, 3\), \(2, 3\)/],
    ["an operand too few", () => np.einsum("ij,jk->ik", a()), /names 2 operand\(s\), got 1/],
    ["a letter too many", () => np.einsum("ijk->i", a()), /"ijk" names 3 axes, but operand 0 has shape \(2, 3\)/],
    ["too many letters besides ...", () => np.einsum("i...jk", a()), /names 3 axes besides \.\.\., but operand 0/],
    ["a digit", () => np.einsum("i1", a()), /"1" in "i1" is not a letter/],
    ["an output letter of no operand", () => np.einsum("ij->ik", a()), /"k" of the output is in no operand/],
    ["an output letter twice", () => np.einsum("ij->ii", a()), /"i" is twice in the output/],
    ["two arrows", () => np.einsum("i->j->k", a()), /has "->" twice/],
    ["... only in the operands", () => np.einsum("...i->i", a()), /the operands have "\.\.\.", the output does not/],
    ["no subscripts", () => Reflect.apply(np.einsum, null, [a()]), /expected a string before the operands/],
    ["a list as operand", () => Reflect.apply(np.einsum, null, ["i->", [1, 2]]), /einsum: expected an array, got \[1, 2\]/],
  ]; // biome-ignore format: a table
  for (const [what, call, error] of rows) it(what, () => expect(call).to.throw(error));
});
