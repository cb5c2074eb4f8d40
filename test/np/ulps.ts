import type { DType } from "chalk-and-tape/np";

/** The place of a number among all numbers of its dtype, in order: neighbours differ by 1. */
function rank(x: number, dtype: DType): bigint {
  if (dtype !== "float32") {
    const bits = new BigInt64Array(new Float64Array([x]).buffer)[0] as bigint;
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  }
  const bits = new Int32Array(new Float32Array([x]).buffer)[0] as number;
  return BigInt(bits < 0 ? -(bits & 0x7fffffff) : bits);
}

/** How many numbers of the dtype lie between a and b; where b is smaller than `scale`, in ulps of that. */
export function ulps(a: number, b: number, dtype: DType, scale: number = 0): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Object.is(a, b) ? 0 : Number.POSITIVE_INFINITY;
  const steps = Number(rank(a, dtype) - rank(b, dtype));
  if (scale <= Math.abs(b) || !Number.isFinite(a - b)) return Math.abs(steps);
  const unit = (dtype === "float32" ? 2 ** -23 : 2 ** -52) * 2 ** Math.floor(Math.log2(scale));
  return Math.abs(a - b) / unit;
}
