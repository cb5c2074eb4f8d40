import type { TensorFunction } from "../../autograd/index.ts";
import { spread } from "./numbers.ts";
import type { OpCases } from "./op-case.ts";

const product: TensorFunction = (a, b) => a.matmul(b);

/** Matrix products. */
// biome-ignore format: a table, one case a line
export const products: Pick<OpCases, "matmul"> = {
  matmul: [
    { what: "2-D", f: product, inputs: [spread([2, 3], 1), spread([3, 4], 2)], affine: [0, 1] },
    { what: "square", f: product, inputs: [spread([3, 3], 1), spread([3, 3], 2)], affine: [0, 1] },
    { what: "a transposed right side", f: (a, b) => a.matmul(b.T), inputs: [spread([2, 3], 1), spread([4, 3], 2)], affine: [0, 1] },
    { what: "batched", f: product, inputs: [spread([2, 2, 3], 1), spread([2, 3, 2], 2)], affine: [0, 1] },
    { what: "one matrix for all batches", f: product, inputs: [spread([2, 2, 2, 3], 1), spread([3, 2], 2)], affine: [0, 1] },
    { what: "one matrix on the left", f: product, inputs: [spread([2, 3], 1), spread([4, 3, 2], 2)], affine: [0, 1] },
    { what: "batches stretched on both sides", f: product, inputs: [spread([3, 1, 2, 2], 1), spread([2, 2, 3], 2)], affine: [0, 1] },
    { what: "inner length 1", f: product, inputs: [spread([3, 1], 1), spread([1, 2], 2)], affine: [0, 1] },
  ],
};
