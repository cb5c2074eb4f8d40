import { tril, triu } from "../../np/index.ts";
import { unbroadcast } from "./adjoints.ts";
import type { Ops } from "./vjp.ts";

/** Products of matrices. */
// biome-ignore format: a sheet, one rule a line
export const linearAlgebra: Pick<Ops, "matmul" | "addmm" | "tril" | "triu"> = {
  // linear algebra; the second rule is aᵀ·dy, written so that the transpose of a transposed weight
  // is contiguous
  matmul: [(dy, a, b) => unbroadcast(dy.matmul(b.mT), a),
           (dy, a, b) => unbroadcast(dy.mT.matmul(a).mT, b)],
  addmm: [(dy, input) => unbroadcast(dy, input),
          (dy, _input, a, b) => dy.matmul(b.mT).astype(a.dtype),
          (dy, _input, a, b) => dy.mT.matmul(a).mT.astype(b.dtype)],
  tril: [(dy, _x, k) => tril(dy, k)],
  triu: [(dy, _x, k) => triu(dy, k)],
};
