import type { Engine, FloatArray, Matrices } from "../../engine.ts";

/** Computes one product after another with `this.gemm`. */
export function gemmBatch(
  this: Engine,
  count: number,
  [m, n, k]: readonly [number, number, number],
  a: Matrices,
  b: Matrices,
  c: FloatArray,
): void {
  for (let i = 0; i < count; i++) {
    const [x, y] = [
      { ...a, offset: a.offset + i * a.step },
      { ...b, offset: b.offset + i * b.step },
    ];
    this.gemm(m, n, k, x, y, c.subarray(i * m * n, (i + 1) * m * n));
  }
}
