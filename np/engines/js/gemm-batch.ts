import type { Engine, FloatArray, Matrices } from "../../engine.ts";

/** One product after another, each by the engine that it is called on. */
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
