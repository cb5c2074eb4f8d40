import type { TypedArray } from "../../dtype.ts";

/**
 * −Σ t log p = log Σ e^z · Σ t − Σ t z, from the sums of one row; 0 if t is 0 everywhere, whatever
 * the rest is.
 */
export function lossOf(total: number, sum: number, size: number, weighted: number): number {
  return size === 0 ? 0 : Math.log(total) * sum - weighted;
}

/**
 * −Σ t log softmax(x) for each row, with z = x − max x so that no e^z overflows. Where t is 0, x
 * may be infinite.
 */
export function softmaxCrossEntropy(out: TypedArray, x: TypedArray, t: TypedArray, length: number): void {
  for (let row = 0, start = 0; row < out.length; row++, start += length) {
    const m = largestOf(x, start, length);
    let [total, sum, size, weighted] = [0, 0, 0, 0];
    for (let i = start; i < start + length; i++) {
      const [z, share] = [(x[i] as number) - m, t[i] as number];
      total += Math.exp(z);
      sum += share;
      size += Math.abs(share);
      if (share !== 0) weighted += share * z;
    }
    out[row] = lossOf(total, sum, size, weighted);
  }
}

/**
 * out ← (p · Σ t − t) · scale with p = e^z / Σ e^z, and one scale for all rows or one per row. A
 * row whose t is 0 everywhere gives 0, even if its scale is infinite, as it is for a mean of
 * nothing.
 */
export function softmaxMinus(
  out: TypedArray,
  x: TypedArray,
  t: TypedArray,
  scale: TypedArray | number,
  length: number,
): void {
  const e = new Float64Array(length);
  for (let row = 0, start = 0; start < out.length; row++, start += length) {
    const m = largestOf(x, start, length);
    let [total, sum, size] = [0, 0, 0];
    for (let i = 0; i < length; i++) {
      const share = t[start + i] as number;
      e[i] = Math.exp((x[start + i] as number) - m);
      total += e[i] as number;
      sum += share;
      size += Math.abs(share);
    }
    const factor = sum / total;
    const s = size === 0 ? 0 : typeof scale === "number" ? scale : (scale[row] as number);
    for (let i = 0; i < length; i++)
      out[start + i] = ((e[i] as number) * factor - (t[start + i] as number)) * s;
  }
}

/** The largest element of a row. If it is infinite, z = x − max x is NaN there, and so is Σ e^z. */
function largestOf(x: TypedArray, start: number, length: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = start; i < start + length; i++) top = Math.max(top, x[i] as number);
  return top;
}
