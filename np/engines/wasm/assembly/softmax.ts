/**
 * Softmax and cross entropy of rows, with e^x as SIMD, in AssemblyScript. It computes the sums of
 * `js/softmax.ts` in the same order, so the results have the same bits. Addresses are in bytes.
 */

import { expPair } from "./exp";
import { pair } from "./rows";

/** max x. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function largestOf<T>(x: usize, end: usize): f64 {
  let top: T = -Infinity as T;
  for (; x < end; x += sizeof<T>()) top = max<T>(top, load<T>(x));
  return f64(top);
}

/**
 * e ← e^(x − m) for a row, as float64; one element past the end may be written. Returns their sum.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function exponentials<T>(x: usize, end: usize, m: f64, e: usize, table: usize): f64 {
  let total: f64 = 0;
  for (; x + sizeof<T>() < end; x += 2 * sizeof<T>(), e += 16) {
    const y = expPair(f64x2.sub(pair<T>(x), f64x2.splat(m)), table);
    v128.store(e, y);
    total = total + f64x2.extract_lane(y, 0) + f64x2.extract_lane(y, 1);
  }
  if (x < end) {
    const y = expPair(f64x2.splat(f64(load<T>(x)) - m), table);
    v128.store(e, y);
    total += f64x2.extract_lane(y, 0);
  }
  return total;
}

/** Four float64 per row: Σ e^z, Σ t, Σ |t|, Σ t z. `e` has room for a row. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function lossSums<T>(rows: i32, length: i32, out: usize, x: usize, t: usize, e: usize, table: usize): void {
  for (let r = 0; r < rows; r++, out += 32) {
    const end = x + (length as usize) * sizeof<T>();
    const m = largestOf<T>(x, end);
    store<f64>(out, exponentials<T>(x, end, m, e, table));
    let sum: f64 = 0, size: f64 = 0, weighted: f64 = 0;
    for (; x < end; x += sizeof<T>(), t += sizeof<T>()) {
      const share = f64(load<T>(t));
      sum += share;
      size += abs(share);
      if (share != 0) weighted += share * (f64(load<T>(x)) - m);
    }
    store<f64>(out, sum, 8);
    store<f64>(out, size, 16);
    store<f64>(out, weighted, 24);
  }
}
export function lossSumsFloat32(rows: i32, length: i32, out: usize, x: usize, t: usize, e: usize, table: usize): void {
  lossSums<f32>(rows, length, out, x, t, e, table);
}
export function lossSumsFloat64(rows: i32, length: i32, out: usize, x: usize, t: usize, e: usize, table: usize): void {
  lossSums<f64>(rows, length, out, x, t, e, table);
}

/**
 * out ← (p Σ t − t) · scale for each row; the scales are float64, `step` bytes apart. A row's last
 * pair reaches into the next row, which is written after it.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function minus<T>(
  rows: i32, length: i32, out: usize, x: usize, t: usize, scale: usize, step: usize, e: usize, table: usize,
): void {
  for (let r = 0; r < rows; r++, scale += step) {
    const bytes = (length as usize) * sizeof<T>();
    const total = exponentials<T>(x, x + bytes, largestOf<T>(x, x + bytes), e, table);
    let sum: f64 = 0, size: f64 = 0;
    for (let at = t; at < t + bytes; at += sizeof<T>()) {
      const share = f64(load<T>(at));
      sum += share;
      size += abs(share);
    }
    const factor = f64x2.splat(sum / total), s = size == 0 ? f64x2.splat(0) : v128.load64_splat(scale);
    for (let i: usize = 0; i < bytes; i += 2 * sizeof<T>()) {
      const p = f64x2.mul(v128.load(e + i * (8 / sizeof<T>())), factor);
      const y = f64x2.mul(f64x2.sub(p, pair<T>(t + i)), s);
      if (sizeof<T>() == 8) v128.store(out + i, y);
      else v128.store64_lane(out + i, f32x4.demote_f64x2_zero(y), 0);
    }
    out += bytes, x += bytes, t += bytes;
  }
}
export function minusFloat32(
  rows: i32, length: i32, out: usize, x: usize, t: usize, scale: usize, step: usize, e: usize, table: usize,
): void {
  minus<f32>(rows, length, out, x, t, scale, step, e, table);
}
export function minusFloat64(
  rows: i32, length: i32, out: usize, x: usize, t: usize, scale: usize, step: usize, e: usize, table: usize,
): void {
  minus<f64>(rows, length, out, x, t, scale, step, e, table);
}
