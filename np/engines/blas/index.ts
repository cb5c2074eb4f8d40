import type { Engine, FloatArray, Matrix } from "../../engine.ts";
import type { BlasLibrary, Gemm } from "./library.ts";

export { type BlasLibrary, type Found, findBlas, type Koffi } from "./library.ts";

/**
 * From so many multiplications on, a product is shared out among threads. Below, waking them costs more than they save, and on a busy
 * machine, where one of them has to wait for a core, a hundred times more.
 */
const worthSharing = 4_000_000;

/** The base engine with its matrix products by the machine's own BLAS, straight from strides: nothing is copied. */
export function blasEngine(library: BlasLibrary, base: Engine, threads: number): Engine {
  let current = 0;
  return {
    ...base,
    name: "blas",
    gemm(m, n, k, a, b, c) {
      if (k === 0) c.fill(0);
      if (m * n * k === 0) return; // BLAS wants a leading dimension of 1 or more
      const wanted = m * n * k >= worthSharing ? threads : 1;
      if (wanted !== current) {
        library.setThreads(wanted);
        current = wanted;
      }
      if (c instanceof Float32Array) product(library.float32, m, n, k, a, b, c);
      else product(library.float64, m, n, k, a, b, c);
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
): void {
  gemm(a.transposed, b.transposed, m, n, k, from(a), a.ld, from(b), b.ld, c);
}

/** The memory from the first element on. */
function from<A extends FloatArray>({ data, offset }: Matrix): A {
  return (offset === 0 ? data : data.subarray(offset)) as A;
}
