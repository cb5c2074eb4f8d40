import type { Engine, FloatArray, Matrix } from "../../engine.ts";
import type { MatrixProduct, Tile } from "../crew/matrix-product.ts";
import { begin } from "../js/memory.ts";
import type { BlasLibrary, Gemm } from "./library.ts";

export { type Addresses, type BlasLibrary, type Found, findBlas, type Koffi } from "./library.ts";

/** From this many elements on, calling the library is cheaper than the base engine's loop. */
const worthCalling = 1024;

/**
 * The base engine, with matrix products and plain updates computed by the machine's BLAS. It reads
 * strided operands directly: nothing is copied.
 */
export function blasEngine(library: BlasLibrary, base: Engine): Engine {
  return {
    ...base,
    name: "blas",
    gemm(m, n, k, a, b, c, add = false) {
      if (k === 0 || typeof add !== "boolean") begin(c, add);
      if (m * n * k === 0) return; // BLAS requires a leading dimension of 1 or more
      if (c instanceof Float32Array) product(library.float32.gemm, m, n, k, a, b, c, add !== false);
      else product(library.float64.gemm, m, n, k, a, b, c, add !== false);
    },
    /**
     * BLAS rounds once where the optimizers' kernels round twice. In float64 chalk's formulas and
     * the kernels give the same bits, so BLAS is not used there.
     */
    addInPlace(y, x, scale) {
      const isWorth = y.length >= worthCalling && y instanceof Float32Array && x instanceof Float32Array;
      if (isWorth) library.float32.axpy(scale, x, y);
      else base.addInPlace(y, x, scale);
    },
  };
}

function product<A extends FloatArray>(
  gemm: Gemm<A>,
  m: number,
  n: number,
  k: number,
  a: Matrix,
  b: Matrix,
  c: A,
  add: boolean,
): void {
  gemm(a.transposed, b.transposed, m, n, k, from(a), a.ld, from(b), b.ld, c, n, add);
}

/** The memory, starting at the first element. */
function from<A extends FloatArray>({ data, offset }: Matrix): A {
  return (offset === 0 ? data : data.subarray(offset)) as A;
}

/** Fills the registers of any machine. */
export const tile: Tile = { rows: 16, columns: 16 };

/** Computes a product of matrices given by their addresses. */
export function multiplyAt(library: BlasLibrary, product: MatrixProduct): void {
  const { float64, transA, transB, m, n, k, a, lda, b, ldb, c, ldc, add } = product;
  const { gemm } = float64 ? library.float64 : library.float32;
  gemm(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, add);
}
