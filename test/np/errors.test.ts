import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { NDArray, ShapeError } from "chalk-and-tape/np";
import { softmaxCrossEntropy, softmaxMinus } from "#internal/np";

const x = np.arange(6).reshape(2, 3);
const whole = np.array([1, 2, 3], { dtype: "int32" });
const bytes = np.array([1, 2, 3], { dtype: "uint8" });
/** What a notebook, whose compiler reads what it cannot parse as `any`, lets through. */
const wrong = (value: unknown): never => value as never;

type Kind = new (message: string) => Error;
const table: [string, () => unknown, Kind, RegExp][] = [
  // Shapes: both named, and where they differ.
  ["add of shapes that do not fit", () => x.add(np.ones([2])), ShapeError, /^add: shapes \(2, 3\) and \(2,\) cannot be broadcast: axis -1 is 3 in one and 2 in the other/],
  ["maximum of shapes that do not fit", () => np.maximum(x, np.ones([3, 3])), ShapeError, /^maximum: .*\(2, 3\) and \(3, 3\).*axis -2 is 2/],
  ["where of shapes that do not fit", () => np.where(x, x, np.ones([4])), ShapeError, /^where: .*\(2, 3\) and \(4,\)/],
  ["addmm of batches", () => np.addmm(np.ones([3]), np.ones([2, 2, 3]), np.ones([3, 3])), ShapeError, /^addmm: \(2, 2, 3\) and \(3, 3\): both must have exactly two axes; for batches and vectors, use a\.matmul\(b\)\.add\(input\)/],
  ["addmm of a vector", () => np.addmm(np.ones([3]), np.ones([3]), np.ones([3, 3])), ShapeError, /^addmm: \(3,\) and \(3, 3\): both must have exactly two axes/],
  ["addmm of inner lengths that differ", () => np.addmm(np.ones([2]), np.ones([4, 3]), np.ones([2, 3])), ShapeError, /^addmm: \(4, 3\) and \(2, 3\): the inner lengths 3 and 2 must be equal; did you mean b\.mT\?/],
  ["addmm of a bias of another length", () => np.addmm(np.ones([4]), np.ones([4, 3]), np.ones([3, 2])), ShapeError, /^addmm: shapes \(4,\) and \(4, 2\) cannot be broadcast/],
  ["addmm of a bias that would stretch the product", () => np.addmm(np.ones([5, 4, 2]), np.ones([4, 3]), np.ones([3, 2])), ShapeError, /^addmm: input \(5, 4, 2\) does not broadcast to \(4, 2\), the shape of a · b; a bias has shape \(2,\)/],
  ["addmm of a list", () => np.addmm(wrong([1, 2]), np.ones([4, 3]), np.ones([3, 2])), TypeError, /^addmm: .*np\.array\(list\)/],
  ["matmul, transposed by mistake", () => x.matmul(np.ones([4, 3])), ShapeError, /^matmul: \(2, 3\) and \(4, 3\): the inner lengths 3 and 4 must be equal; did you mean b\.mT\?/],
  ["matmul, the left one transposed", () => x.matmul(np.ones([2, 5])), ShapeError, /inner lengths 3 and 2 .* did you mean a\.mT\?/],
  ["matmul of nothing that fits", () => x.matmul(np.ones([4, 5])), ShapeError, /inner lengths 3 and 4 must be equal$/],
  ["matmul of a vector of another length", () => x.matmul(np.ones([2])), ShapeError, /^matmul: \(2, 3\) and \(2,\): the inner lengths 3 and 2 must be equal/],
  ["matmul of a single number", () => x.matmul(np.array(2)), ShapeError, /^matmul: \(2, 3\) and \(\): a single number has no axis to sum over; a\.mul\(b\)/],
  ["matmul of batches that do not fit", () => np.ones([2, 3, 4]).matmul(np.ones([3, 4, 5])), ShapeError, /^matmul: shapes \(2,\) and \(3,\)/],
  ["reshape to another size", () => x.reshape(4, 2), ShapeError, /^reshape: 6 element\(s\) of shape \(2, 3\) do not fill shape \(4, 2\)/],
  ["reshape with -1 that cannot be", () => x.reshape(4, -1), ShapeError, /\(2, 3\) do not fill shape \(4, -1\)/],
  ["reshape to a fraction", () => x.reshape(1.5, 4), ShapeError, /do not fill shape \(1\.5, 4\)/],
  ["broadcastTo a smaller shape", () => x.broadcastTo([3]), ShapeError, /^broadcastTo: shape \(2, 3\) cannot be broadcast to \(3,\)/],
  ["broadcastTo no shape at all", () => x.broadcastTo([2, -3]), ShapeError, /^broadcastTo: a shape is a list of whole numbers >= 0, got \[2, -3\]/],
  ["concatenate of shapes that differ", () => np.concatenate([x, np.ones([2, 4])]), ShapeError, /^concatenate: shapes \(2, 3\) and \(2, 4\) differ outside axis 0/],
  ["stack of shapes that differ", () => np.stack([x, np.ones([3, 2])]), ShapeError, /^stack: shapes \(2, 3\) and \(3, 2\) differ/],
  ["gather by indices of another shape", () => np.gather(x, np.zeros([3, 1]), 1), ShapeError, /^gather: indices of shape \(3, 1\) do not match \(2, 3\): all axes but 1/],
  ["scatter of unequal shapes and equal sizes", () => np.scatter(np.ones([3, 2]), np.zeros([2, 3]), 1, [2, 5]), ShapeError, /^scatter: \(3, 2\) values for \(2, 3\) indices/],
  ["unslice of another shape", () => np.unslice(np.ones([1]), [[1]], [4]), ShapeError, /^unslice: x has shape \(1,\); the ranges select \(3,\) of \(4,\)/],
  ["pad with too few widths", () => np.pad(x, [[1, 1]]), ShapeError, /^pad: expected one \[before, after\] per axis of shape \(2, 3\).*got \[\[1, 1\]\]/],
  ["pad with a negative width", () => np.pad(x, -1), ShapeError, /^pad: .*each >= 0/],
  ["item of many", () => x.item(), ShapeError, /^item: expected one element, but shape \(2, 3\) has 6/],
  ["item of a row", () => x.item(0), ShapeError, /shape \(3,\) has 3/],
  ["rows of unequal length", () => np.array([[1, 2], [3]]), ShapeError, /^array: axis 1 has 2 entries in one place and 1 entries in another/],
  ["a number among rows", () => np.array([[1, 2], 3]), ShapeError, /axis 1 has 2 entries in one place and 3 in another/],
  ["a row among numbers", () => np.array([1, [2]]), ShapeError, /^array: expected a number, got a list/],
  ["memory of another size", () => NDArray.from(new Float64Array(5), [2, 3]), ShapeError, /^NDArray\.from: 5 element\(s\) do not fill shape \(2, 3\)/],
  ["a negative length", () => NDArray.empty([-1, 2], "float64"), ShapeError, /^NDArray\.empty: .*\[-1, 2\]/],
  ["a shape that is a word", () => np.zeros(wrong("3")), ShapeError, /^zeros: a shape is a list of whole numbers >= 0, got "3"/],
  ["a shape in two numbers", () => np.zeros(2, wrong(3)), TypeError, /^zeros: a shape of several axes is a list: zeros\(\[2, 3\]\)/],
  ["an eye of half a row", () => np.eye(2.5), ShapeError, /^eye: .*\[2\.5, 2\.5\]/],
  ["half a class", () => np.oneHot(whole, 2.5), ShapeError, /^oneHot: .*\[3, 2\.5\]/],
  ["random with a bad shape", () => np.random(1).normal(0, 1, [2, -1]), ShapeError, /^Random\.normal: .*\[2, -1\]/],

  // Axes and positions: which one, and which there are.
  ["sum over an axis that is not there", () => x.sum(2), RangeError, /^sum: axis 2 does not exist in an array of 2 dimension\(s\)/],
  ["argmax over an axis that is not there", () => x.argmax(-3), RangeError, /^argmax: axis -3 does not exist/],
  ["sum over one axis twice", () => x.sum([0, -2]), RangeError, /^sum: an axis is named twice in \[0, -2\]/],
  ["sum over an object", () => x.sum(wrong({ axis: 0 })), TypeError, /^sum: axis is \{ axis \}; expected a whole number, a list of them, or null/],
  ["logSoftmax along an axis that is not there", () => np.logSoftmax(x, 2), RangeError, /^logSoftmax: axis 2 does not exist/],
  ["softmaxCrossEntropy along an axis that is not there", () => softmaxCrossEntropy(x, x, -3), RangeError, /^softmaxCrossEntropy: axis -3 does not exist/],
  ["softmaxCrossEntropy of class indices", () => softmaxCrossEntropy(x, np.array([2, 0]), 1), ShapeError, /^softmaxCrossEntropy: t has shape \(2,\), expected the logits' shape \(2, 3\): .*oneHot\(indices, 3\)/],
  ["softmaxCrossEntropy of t that would broadcast", () => softmaxCrossEntropy(x, np.ones([3]), 1), ShapeError, /^softmaxCrossEntropy: t has shape \(3,\), expected the logits' shape \(2, 3\)/],
  ["softmaxCrossEntropy of a list", () => softmaxCrossEntropy(x, wrong([[1, 0, 0], [0, 1, 0]]), 1), TypeError, /^softmaxCrossEntropy: .*np\.array\(list\)/],
  ["softmaxMinus of t of another shape", () => softmaxMinus(x, x.T, 1, 1), ShapeError, /^softmaxMinus: t has shape \(3, 2\), expected the logits' shape \(2, 3\)/],
  ["softmaxMinus with a scale for each class", () => softmaxMinus(x, x, np.ones([3]), 1), ShapeError, /^softmaxMinus: scale has shape \(3,\), expected \(2,\): one number for each sum along axis 1 of \(2, 3\); or pass one number for all/],
  ["softmaxMinus with a scale that keeps the axis", () => softmaxMinus(x, x, np.ones([2, 1]), 1), ShapeError, /^softmaxMinus: scale has shape \(2, 1\), expected \(2,\)/],
  ["softmaxMinus without a scale", () => softmaxMinus(x, x, wrong(undefined), 1), TypeError, /^softmaxMinus: expected an array or a number, got undefined/],
  ["logsumexp over half an axis", () => np.logsumexp(x, 0.5), RangeError, /^logsumexp: axis 0\.5 does not exist/],
  ["max of nothing", () => np.zeros([0, 3]).max(0), RangeError, /^max: nothing to choose from: shape \(0, 3\)/],
  ["argmax of nothing", () => np.zeros([0]).argmax(), RangeError, /^argmax: nothing to choose from/],
  ["transpose by too few axes", () => x.transpose([0]), RangeError, /^transpose: axes \[0\] are not a permutation of the 2 axes of shape \(2, 3\)/],
  ["transpose by one axis twice", () => x.transpose([1, -1]), RangeError, /^transpose: axes \[1,-1\] are not a permutation/],
  ["mT of a vector", () => np.ones([3]).mT, RangeError, /^mT: needs two axes or more, got 1/],
  ["slice beyond the end", () => x.slice(2), RangeError, /^slice: index 2 on axis 0 of shape \(2, 3\); expected -2 … 1/],
  ["slice at half an index", () => x.slice(0.5), RangeError, /^slice: index 0\.5/],
  ["slice with too many ranges", () => x.slice(0, 0, 0), RangeError, /^slice: 3 ranges for shape \(2, 3\)/],
  ["slice by step 0", () => x.slice([0, 2, 0]), RangeError, /^slice: step 0 on axis 0; expected a whole number, not 0/],
  ["slice from half", () => x.slice(null, [0.5]), RangeError, /^slice: position 0\.5 on axis 1/],
  ["gather beyond the end", () => np.gather(x, np.array([[3], [0]]), 1), RangeError, /^gather: index 3 on axis 1 of shape \(2, 3\); expected 0 … 2/],
  ["gather at a negative index", () => np.gather(x, np.array([[-1], [0]]), 1), RangeError, /^gather: index -1/],
  ["scatter beyond the end", () => np.scatter(np.ones([1]), np.array([4]), 0, [4]), RangeError, /^scatter: index 4 on axis 0 of shape \(4,\)/],
  ["stack along an axis too far", () => np.stack([x], 3), RangeError, /^stack: axis 3/],
  ["concatenate scalars", () => np.concatenate([np.array(1)]), RangeError, /^concatenate: axis 0 does not exist in an array of 0/],
  ["oneHot of a class that is not there", () => np.oneHot(np.array([0, 3]), 3), RangeError, /^oneHot: index 3 at position 1 of \(2,\) is not one of the 3 classes 0 … 2/],
  ["oneHot of a fraction", () => np.oneHot(np.array([0.5]), 3), RangeError, /^oneHot: index 0\.5/],

  // dtypes: numbers never promote, and nothing is rounded in silence.
  ["integers plus a half", () => whole.add(0.5), TypeError, /^add: 0\.5 does not fit dtype int32; convert the array first: x\.astype\("float64"\)/],
  ["bytes times a half", () => bytes.mul(0.5), TypeError, /^mul: 0\.5 does not fit dtype uint8; .*astype/],
  ["integers to the power of a half", () => whole.pow(0.5), TypeError, /^pow: 0\.5 .*astype/],
  ["integers to the power -1", () => whole.pow(-1), TypeError, /^pow: int32 to the power -1 is a fraction; .*astype\("float64"\)/],
  ["integers to negative powers", () => bytes.pow(np.array([1, -2, 1], { dtype: "int32" })), TypeError, /to the power -2 is a fraction/],
  ["maximum of integers and a half", () => np.maximum(whole, 0.5), TypeError, /^maximum: .*astype/],
  ["where of integers and a half", () => np.where(whole, whole, 0.5), TypeError, /^where: 0\.5 does not fit dtype int32/],
  ["integers plus NaN", () => whole.add(Number.NaN), TypeError, /^add: NaN does not fit/],
  ["bytes plus 256", () => bytes.add(256), RangeError, /^add: 256 is outside uint8's range 0 … 255; convert/],
  ["bytes minus -1", () => bytes.sub(-1), RangeError, /^sub: -1 is outside uint8's range/],
  ["integers beyond 32 bits", () => whole.mul(2 ** 31), RangeError, /2147483648 is outside int32's range/],
  ["an integer array of halves", () => np.array([1, 0.5], { dtype: "int32" }), TypeError, /^array: 0\.5 does not fit dtype int32/],
  ["a byte array of 300", () => np.array([300], { dtype: "uint8" }), RangeError, /^array: 300 is outside uint8/],
  ["an integer array full of a half", () => np.full([2], 0.5, { dtype: "int32" }), TypeError, /^full: 0\.5/],
  ["integers padded with a half", () => np.pad(whole, 1, 0.5), TypeError, /^pad: 0\.5 does not fit dtype int32/],
  ["an integer range of halves", () => np.arange(0, 2, 0.5, { dtype: "int32" }), TypeError, /0\.5 does not fit dtype int32/],
  ["an unknown dtype", () => np.zeros([2], { dtype: wrong("float") }), RangeError, /^zeros: dtype is "float", expected one of float64, float32, int32, uint8/],
  ["an unknown dtype of array", () => np.array([2], { dtype: wrong("int") }), RangeError, /^array: dtype is "int", expected one of/],
  ["astype of an unknown dtype", () => x.astype(wrong("double")), TypeError, /^dtype "double" is unknown/],
  ["memory of another kind", () => NDArray.from(wrong(new Int16Array(2))), TypeError, /expected a Float64Array, Float32Array, Int32Array or Uint8Array, got an Int16Array/],

  // Operands of another kind: what it is, and how it becomes an array.
  ["add of a list", () => x.add(wrong([1, 2, 3])), TypeError, /^add: expected an array or a number, got \[.*\]; np\.array\(list\)/],
  ["add of a string", () => x.add(wrong("1")), TypeError, /^add: .*got "1"/],
  ["add of null", () => x.add(wrong(null)), TypeError, /^add: .*got null/],
  ["add of nothing", () => x.add(wrong(undefined)), TypeError, /^add: .*got undefined/],
  ["add of a typed array", () => x.add(wrong(new Float64Array(3))), TypeError, /got a Float64Array; np\.array\(data\)/],
  ["two numbers", () => np.maximum(0, 1), TypeError, /^maximum: expected an array, got 0; np\.array\(0\)/],
  ["exp of a list", () => np.exp(wrong([1])), TypeError, /^exp: expected an array, got \[.*\]; np\.array\(list\)/],
  ["exp of a number", () => np.exp(wrong(1)), TypeError, /^exp: expected an array, got 1; np\.array\(1\)/],
  ["matmul by a number", () => x.matmul(wrong(2)), TypeError, /^matmul: expected an array, got 2/],
  ["where by a boolean", () => np.where(true, x, x), TypeError, /^where: the condition is true; expected an array such as x\.greater\(0\)/],
  ["where of numbers by a list", () => np.where([1], wrong(1), 2), TypeError, /^where: expected an array, got \[.*\]/],
  ["gather by a list", () => np.gather(x, [[0], [1]], 1), TypeError, /^gather: expected an array, got \[.*\]/],
  ["scatter by a list", () => np.scatter(x, [[0], [1]], 1, [2, 3]), TypeError, /^scatter: expected an array, got \[.*\]/],
  ["concatenate of nothing", () => np.concatenate([]), TypeError, /^concatenate: expected an array, got none/],
  ["stack of nothing", () => np.stack([]), TypeError, /^stack: expected an array, got none/],
  ["concatenate with a number", () => np.concatenate([x, wrong(3)]), TypeError, /^concatenate: expected an array, got 3/],
  ["pad of a list", () => np.pad(wrong([1]), 1), TypeError, /^pad: expected an array, got \[.*\]/],
  ["oneHot of a list", () => np.oneHot(wrong([1]), 2), TypeError, /^oneHot: expected an array, got \[.*\]/],
  ["addInPlace of a number", () => x.copy().addInPlace(wrong(1)), TypeError, /^addInPlace: expected an array, got 1/],
  ["copyFrom a list", () => x.copy().copyFrom(wrong([1])), TypeError, /^copyFrom: expected an array, got \[.*\]/],
  ["an array of strings", () => np.array(wrong(["1"])), TypeError, /^array: expected a number, got "1"/],
  ["an array of nothing", () => np.array(wrong(undefined)), TypeError, /^array: expected a number, got undefined/],

  // Ranges and random numbers.
  ["arange by 0", () => np.arange(0, 1, 0), RangeError, /^arange: from 0 to 1 by 0; .*step that is not 0/],
  ["arange to NaN", () => np.arange(Number.NaN), RangeError, /^arange: from 0 to NaN by 1; expected finite/],
  ["arange without end", () => np.arange(Infinity), RangeError, /^arange: .*Infinity/],
  ["linspace of no points", () => np.linspace(0, 1, 0), RangeError, /^linspace: n is 0, expected a whole number >= 1/],
  ["a negative seed", () => np.random(-1), RangeError, /^random: seed is -1; expected a whole number from 0 to 4294967295/],
  ["half a seed", () => np.random(0.5), RangeError, /^random: seed is 0\.5/],
  ["a seed too large", () => np.random(2 ** 32), RangeError, /^random: seed is 4294967296/],
  ["a seed that is NaN", () => np.random(Number.NaN), RangeError, /^random: seed is NaN/],
  ["a seed that is a string", () => np.random(wrong("1")), RangeError, /^random: seed is "1"; expected a whole number/],
  ["uniform, the larger first", () => np.random(1).uniform(1, 0, [2]), RangeError, /^Random\.uniform: from 1 to 0; .*the smaller first/],
  ["uniform to infinity", () => np.random(1).uniform(0, Infinity, [2]), RangeError, /^Random\.uniform: from 0 to Infinity/],
  ["a negative standard deviation", () => np.random(1).normal(0, -1, [2]), RangeError, /^Random\.normal: mean 0, std -1; .*std >= 0/],
  ["a mean that is NaN", () => np.random(1).normal(Number.NaN, 1, [2]), RangeError, /^Random\.normal: mean NaN/],
  ["integer, the larger first", () => np.random(1).integer(3, 1), RangeError, /^Random\.integer: from 3 to 1; expected whole numbers, the smaller first/],
  ["integer from a half", () => np.random(1).integer(0.5, 1), RangeError, /^Random\.integer: from 0\.5/],
  ["permutation of a half", () => np.random(1).permutation(2.5), RangeError, /^Random\.permutation: n is 2\.5; expected a whole number/],
  ["choice of too many", () => np.random(1).choice(2, 3, { replace: false }), RangeError, /^Random\.choice: 3 of 2 without replacement; expected size <= n, or replace: true/],
  ["choice of nobody", () => np.random(1).choice(0, 3), RangeError, /^Random\.choice: 3 of 0/],
  ["choice of fewer than none", () => np.random(1).choice(3, -1), RangeError, /^Random\.choice: size is -1/],
  ["a state of three words", () => { np.random(1).state = [1, 2, 3]; }, TypeError, /^Random\.state: expected the four whole numbers that rng\.state gave, got \[1, 2, 3\]/],
  ["a state of zeros", () => { np.random(1).state = [0, 0, 0, 0]; }, TypeError, /got \[0, 0, 0, 0\]/],
  ["a state of fractions", () => { np.random(1).state = [1, 2, 3, 0.5]; }, TypeError, /got \[1, 2, 3, 0\.5\]/],
  ["a state beyond 32 bits", () => { np.random(1).state = [1, 2, 3, 2 ** 40]; }, TypeError, /^Random\.state/],
  ["no state", () => { np.random(1).state = wrong(undefined); }, TypeError, /^Random\.state/],
]; // biome-ignore format: one call a line

describe("np, errors say where, what was given and what to do", () => {
  for (const [about, call, kind, message] of table) {
    it(about, () => {
      let caught: unknown;
      try {
        call();
      } catch (error) {
        caught = error;
      }
      expect(caught, "nothing was thrown").to.be.instanceOf(Error);
      expect((caught as Error).constructor).to.equal(kind);
      expect((caught as Error).name).to.equal(kind.name);
      expect((caught as Error).message).to.match(message);
    });
  }

  it("what is allowed next to it", () => {
    expect(whole.greater(1.5).toArray()).to.deep.equal([0, 1, 1]);
    expect(whole.div(0.5).toArray()).to.deep.equal([2, 4, 6]);
    expect(whole.div(0.5).dtype).to.equal("float64");
    expect(whole.pow(np.array([0.5, -1, 0])).dtype).to.equal("float64");
    expect(bytes.add(255).toArray()).to.deep.equal([0, 1, 2]);
    expect(np.where<NDArray>(np.array([1, 0]), 1.5, 2).toArray()).to.deep.equal([1.5, 2]);
  });
});
