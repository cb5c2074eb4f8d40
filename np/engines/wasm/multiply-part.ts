import { type MatrixProduct, rangeOf, type Tile } from "../crew/matrix-product.ts";
import type { UnitRange } from "../crew/partition.ts";
import type { GemmKernels } from "./module.ts";

/** The tile that the kernels keep in registers. */
export const tile: Tile = { rows: 4, columns: 8 };

/** Computes one part of a product in the kernels' memory, with the thread's own scratch. */
export function multiplyPart(
  kernels: GemmKernels,
  product: MatrixProduct,
  part: Pick<UnitRange, "from" | "to">,
  scratch: number,
): void {
  const { float64, a, lda, transA, b, ldb, transB, c, ldc, m, n, k, add } = product;
  const { byRows, first, last } = rangeOf(product, tile, part);
  const [aRow, aColumn] = transA ? [1, lda] : [lda, 1];
  const [bRow, bColumn] = transB ? [1, ldb] : [ldb, 1];
  const [m0, m1, n0, n1] = byRows ? [first, last, 0, n] : [0, m, first, last];
  const run = float64 ? kernels.gemmFloat64 : kernels.gemmFloat32;
  run(a, aRow, aColumn, b, bRow, bColumn, c, ldc, m0, m1, n0, n1, k, add, scratch);
}
