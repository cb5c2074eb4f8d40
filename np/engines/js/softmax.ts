import type { TypedArray } from "../../dtype.ts";
import type { Engine } from "../../engine.ts";

/** A place for a few rows at a time, and whoever computes their exponentials: `e` ← e^z for the first n. */
export interface Exponentials {
  readonly z: Float64Array;
  readonly e: Float64Array;
  exp(n: number): void;
}

export type SoftmaxMethods = Pick<Engine, "softmaxCrossEntropy" | "softmaxMinus">;

/** Both in blocks of rows that fit into `placeFor(length)`; what is summed is kept in float64. */
export function softmaxBy(placeFor: (length: number) => Exponentials): SoftmaxMethods {
  return {
    softmaxCrossEntropy(out, x, t, length) {
      const { z, e, exp } = placeFor(length);
      const most = rowsIn(e, length);
      for (let first = 0; first < out.length; first += most) {
        const rows = Math.min(most, out.length - first);
        subtractMax(z, x, first, rows, length);
        exp(rows * length);
        losses(out, z, e, t, first, rows, length);
      }
    },
    softmaxMinus(out, x, t, scale, length) {
      const { z, e, exp } = placeFor(length);
      const most = rowsIn(e, length);
      for (let first = 0; first * length < out.length; first += most) {
        const rows = Math.min(most, out.length / length - first);
        subtractMax(z, x, first, rows, length);
        exp(rows * length);
        differences(out, e, t, scale, first, rows, length);
      }
    },
  };
}

function rowsIn(place: Float64Array, length: number): number {
  return Math.max(1, Math.floor(place.length / Math.max(1, length)));
}

/**
 * z ← x − max x of its row, so that no e^z overflows. Where the maximum is not finite z ← x: then the sum of e^z is 0, Infinity or NaN, and says
 * so by itself.
 */
function subtractMax(z: Float64Array, x: TypedArray, first: number, rows: number, length: number): void {
  const shift = first * length;
  for (let start = 0; start < rows * length; start += length) {
    const end = start + length;
    let top = Number.NEGATIVE_INFINITY;
    for (let i = start; i < end; i++) top = Math.max(top, x[shift + i] as number);
    const m = Number.isFinite(top) ? top : 0;
    for (let i = start; i < end; i++) z[i] = (x[shift + i] as number) - m;
  }
}

/** −Σ t log p = Σ t (log Σ e^z − z), without what t leaves out: that may be infinite. */
function losses(
  out: TypedArray,
  z: Float64Array,
  e: Float64Array,
  t: TypedArray,
  first: number,
  rows: number,
  length: number,
): void {
  const shift = first * length;
  for (let row = 0, start = 0; row < rows; row++, start += length) {
    const end = start + length;
    let total = 0;
    for (let i = start; i < end; i++) total += e[i] as number;
    const logTotal = Math.log(total);
    let loss = 0;
    for (let i = start; i < end; i++) {
      const share = t[shift + i] as number;
      if (share !== 0) loss += share * (logTotal - (z[i] as number));
    }
    out[first + row] = loss;
  }
}

/** (p · Σ t − t) · scale, p = e^z / Σ e^z. A row whose t is 0 everywhere gives 0, though its scale be infinite, as that of a mean of nothing is. */
function differences(
  out: TypedArray,
  e: Float64Array,
  t: TypedArray,
  scale: TypedArray | number,
  first: number,
  rows: number,
  length: number,
): void {
  const shift = first * length;
  for (let row = 0, start = 0; row < rows; row++, start += length) {
    const end = start + length;
    let [total, totalOfT, sizeOfT] = [0, 0, 0];
    for (let i = start; i < end; i++) {
      total += e[i] as number;
      const share = t[shift + i] as number;
      totalOfT += share;
      sizeOfT += Math.abs(share);
    }
    const factor = totalOfT / total;
    const given = typeof scale === "number" ? scale : (scale[first + row] as number);
    const s = sizeOfT === 0 ? 0 : given;
    for (let i = start; i < end; i++)
      out[shift + i] = ((e[i] as number) * factor - (t[shift + i] as number)) * s;
  }
}

let [z, e] = [new Float64Array(0), new Float64Array(0)];

/** By `Math.exp`, a row at a time. */
export const softmax: SoftmaxMethods = softmaxBy((length) => {
  if (e.length < length) [z, e] = [new Float64Array(length), new Float64Array(length)];
  const [from, to] = [z, e];
  const exp = (n: number): void => {
    for (let i = 0; i < n; i++) to[i] = Math.exp(from[i] as number);
  };
  return { z, e, exp };
});
