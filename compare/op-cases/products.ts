import type { TensorFunction } from "../../autograd/index.ts";
import { addmm, cov, dot, einsum } from "../../np/index.ts";
import { spread } from "./numbers.ts";
import type { OpCases } from "./op-case.ts";

const product: TensorFunction = (a, b) => a.matmul(b);
const sum: TensorFunction = (input, a, b) => addmm(input, a, b);

/** Matrix products. */
// biome-ignore format: a table, one case a line
export const products: Pick<OpCases, "matmul" | "addmm"> = {
  matmul: [
    { what: "2-D", f: product, inputs: [spread([2, 3], 1), spread([3, 4], 2)], affine: [0, 1] },
    { what: "square", f: product, inputs: [spread([3, 3], 1), spread([3, 3], 2)], affine: [0, 1] },
    { what: "a transposed right side", f: (a, b) => a.matmul(b.T), inputs: [spread([2, 3], 1), spread([4, 3], 2)], affine: [0, 1] },
    { what: "batched", f: product, inputs: [spread([2, 2, 3], 1), spread([2, 3, 2], 2)], affine: [0, 1] },
    { what: "one matrix for all batches", f: product, inputs: [spread([2, 2, 2, 3], 1), spread([3, 2], 2)], affine: [0, 1] },
    { what: "one matrix on the left", f: product, inputs: [spread([2, 3], 1), spread([4, 3, 2], 2)], affine: [0, 1] },
    { what: "batches stretched on both sides", f: product, inputs: [spread([3, 1, 2, 2], 1), spread([2, 2, 3], 2)], affine: [0, 1] },
    { what: "a matrix and a vector", f: product, inputs: [spread([2, 3], 1), spread([3], 2)], affine: [0, 1] },
    { what: "a vector and a matrix", f: product, inputs: [spread([3], 1), spread([3, 4], 2)], affine: [0, 1] },
    { what: "two vectors", f: product, inputs: [spread([3], 1), spread([3], 2)], affine: [0, 1] },
    { what: "batches and a vector", f: product, inputs: [spread([2, 2, 3], 1), spread([3], 2)], affine: [0, 1] },
    { what: "a vector and batches", f: product, inputs: [spread([3], 1), spread([2, 3, 2], 2)], affine: [0, 1] },
    { what: "dot of two vectors", f: (a, b) => dot(a, b), inputs: [spread([4], 1), spread([4], 2)], affine: [0, 1] },
    { what: "dot of three axes and three", f: (a, b) => dot(a, b), inputs: [spread([2, 2, 3], 1), spread([2, 3, 2], 2)], affine: [0, 1] },
    { what: "einsum of a product, transposed", f: (a, b) => einsum("ij,kj->ki", a, b), inputs: [spread([2, 3], 1), spread([4, 3], 2)], affine: [0, 1] },
    { what: "einsum of batches that broadcast", f: (a, b) => einsum("...ij,...jk", a, b), inputs: [spread([2, 1, 2, 3], 1), spread([3, 3, 2], 2)], affine: [0, 1] },
    { what: "einsum of three operands", f: (a, b, c) => einsum("bi,bj,ijk->bk", a, b, c), inputs: [spread([2, 2], 1), spread([2, 3], 2), spread([2, 3, 2], 3)], affine: [0, 1, 2] },
    { what: "einsum of a diagonal, and of a letter that only one has", f: (a, b) => einsum("iij,jk->i", a, b), inputs: [spread([2, 2, 3], 1), spread([3, 2], 2)], affine: [0, 1] },
    { what: "cov", f: (x) => cov(x), inputs: [spread([2, 4], 1)] },
    { what: "inner length 1", f: product, inputs: [spread([3, 1], 1), spread([1, 2], 2)], affine: [0, 1] },
  ],
  addmm: [
    { what: "a bias for each column", f: sum, inputs: [spread([4], 1), spread([2, 3], 2), spread([3, 4], 3)], affine: [0, 1, 2], zeroSecondDerivatives: [0] },
    { what: "a layer's", f: (b, x, w) => addmm(b, x, w.T), inputs: [spread([3], 1), spread([3, 2], 2), spread([3, 2], 3)], affine: [0, 1, 2], zeroSecondDerivatives: [0] },
    { what: "a number for each row", f: sum, inputs: [spread([3, 1], 1), spread([3, 2], 2), spread([2, 3], 3)], affine: [0, 1, 2], zeroSecondDerivatives: [0] },
    { what: "one for each element", f: sum, inputs: [spread([2, 2], 1), spread([2, 3], 2), spread([3, 2], 3)], affine: [0, 1, 2], zeroSecondDerivatives: [0] },
    { what: "a scalar", f: sum, inputs: [spread([], 1), spread([2, 3], 2), spread([3, 2], 3)], affine: [0, 1, 2], zeroSecondDerivatives: [0] },
  ],
};
