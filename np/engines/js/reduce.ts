import type { TypedArray } from "../../dtype.ts";
import type { ReductionName } from "../../engine.ts";

/** Reduces the middle axis of contiguous x (outer, length, inner) into out (outer, inner). */
export function reduce(
  f: ReductionName,
  out: TypedArray,
  x: TypedArray,
  outer: number,
  length: number,
  inner: number,
): void {
  if (f === "logsumexp") logsumexp(out, x, outer, length, inner);
  else if (f !== "sum") choose(f, out, x, outer, length, inner);
  else if (inner === 1) sumRows(out, x, outer, length);
  else sumColumns(out, x, outer, length, inner);
}

/** The first of equal elements wins, and the first NaN wins over all. */
function choose(
  f: "max" | "argmax",
  out: TypedArray,
  x: TypedArray,
  outer: number,
  length: number,
  inner: number,
): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const base = o * length * inner + i;
      let best = 0;
      let top = x[base] as number;
      for (let l = 1; l < length && !Number.isNaN(top); l++) {
        const value = x[base + l * inner] as number;
        if (value > top || Number.isNaN(value)) {
          top = value;
          best = l;
        }
      }
      out[o * inner + i] = f === "argmax" ? best : top;
    }
  }
}

/**
 * m + log Σ e^(x − m) with m = max x, or m = 0 if the maximum is infinite: then the result is
 * ±Infinity anyway.
 */
function logsumexp(out: TypedArray, x: TypedArray, outer: number, length: number, inner: number): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const base = o * length * inner + i;
      const end = base + length * inner;
      let top = Number.NEGATIVE_INFINITY;
      for (let at = base; at < end; at += inner) if ((x[at] as number) > top) top = x[at] as number;
      const m = Number.isFinite(top) ? top : 0;
      let total = 0;
      for (let at = base; at < end; at += inner) total += Math.exp((x[at] as number) - m);
      out[o * inner + i] = Math.log(total) + m;
    }
  }
}

/**
 * Four partial sums per row: independent additions overlap, and errors grow four times more slowly.
 */
function sumRows(out: TypedArray, x: TypedArray, outer: number, length: number): void {
  const whole = length - (length % 4);
  for (let o = 0; o < outer; o++) {
    const start = o * length;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let l = start; l < start + whole; l += 4) {
      s0 += x[l] as number;
      s1 += x[l + 1] as number;
      s2 += x[l + 2] as number;
      s3 += x[l + 3] as number;
    }
    for (let l = start + whole; l < start + length; l++) s0 += x[l] as number;
    out[o] = s0 + s1 + (s2 + s3);
  }
}

/** Row by row into float64 totals, so that memory is read in order. */
function sumColumns(out: TypedArray, x: TypedArray, outer: number, length: number, inner: number): void {
  const totals = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    totals.fill(0);
    for (let l = 0; l < length; l++) {
      const row = (o * length + l) * inner;
      for (let i = 0; i < inner; i++) totals[i] = (totals[i] as number) + (x[row + i] as number);
    }
    out.set(totals, o * inner);
  }
}
