/**
 * e^x, two numbers at once, as SIMD in AssemblyScript. It does the operations of fdlibm's `e_exp.c`
 * in the same order, so the results have the same bits, which are also those of V8's `Math.exp`.
 * x = k ln 2 + r with |r| ≤ ½ ln 2; e^r = 1 + r + r c / (2 − c), where c = r − r² P(r²); then times 2^k.
 * @see fdlibm, `e_exp.c`; V8, `src/base/ieee754.cc`
 */

import { pair } from "./rows";

/**
 * The constants of the formula are kept in memory, where one instruction loads a vector of one of
 * them. V8 rebuilds constants wherever they are used, with four instructions each. Their positions
 * in the table:
 */
const one = 0, two = 1, half = 2, signBit = 3, perLn2 = 4, ln2High = 5, ln2Low = 6;
const p1 = 7, p2 = 8, p3 = 9, p4 = 10, p5 = 11;
/** From here on |x| must be reduced: ½ ln 2, rounded up to 20 bits. */
const reduced = 12;
/** Below this, e^x is 1 + x. */
const tiny = 13;
/** Beyond this, a power of two needs care. */
const large = 14;
/** Added to a whole number, this leaves it in the last bits of the significand. */
const toBits = 15;
/** An exponent's bias, as int64. */
const bias = 16;

/** Writes the table: 136 bytes. */
export function writeExpTable(table: usize): void {
  store<f64>(table, 1, 8 * one);
  store<f64>(table, 2, 8 * two);
  store<f64>(table, 0.5, 8 * half);
  store<f64>(table, -0.0, 8 * signBit);
  store<f64>(table, 1.44269504088896338700, 8 * perLn2);
  store<f64>(table, 6.93147180369123816490e-1, 8 * ln2High);
  store<f64>(table, 1.90821492927058770002e-10, 8 * ln2Low);
  store<f64>(table, 1.66666666666666019037e-1, 8 * p1);
  store<f64>(table, -2.77777777770155933842e-3, 8 * p2);
  store<f64>(table, 6.61375632143793436117e-5, 8 * p3);
  store<f64>(table, -1.65339022054652515390e-6, 8 * p4);
  store<f64>(table, 4.13813679705723846039e-8, 8 * p5);
  store<u64>(table, 0x3fd62e43_00000000, 8 * reduced);
  store<u64>(table, 0x3e300000_00000000, 8 * tiny);
  store<f64>(table, 708, 8 * large);
  store<f64>(table, 6755399441055744, 8 * toBits);
  store<u64>(table, 1023, 8 * bias);
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function number(table: usize, i: i32): v128 {
  return v128.load64_splat(table + ((8 * i) as usize));
}

/** 2^k for two whole numbers in −1022 … 1023. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function powerOfTwo(k: v128, table: usize): v128 {
  return i64x2.shl(i64x2.add(f64x2.add(k, number(table, toBits)), number(table, bias)), 52);
}

// @ts-expect-error: AssemblyScript's decorator
@inline
export function expPair(x: v128, table: usize): v128 {
  const size = v128.andnot(x, number(table, signBit));
  const toward = v128.or(number(table, half), v128.and(x, number(table, signBit)));
  const k = v128.and(
    f64x2.trunc(f64x2.add(f64x2.mul(number(table, perLn2), x), toward)),
    f64x2.ge(size, number(table, reduced)),
  );
  const high = f64x2.sub(x, f64x2.mul(k, number(table, ln2High)));
  const low = f64x2.mul(k, number(table, ln2Low));
  const r = f64x2.sub(high, low);
  const square = f64x2.mul(r, r);
  let p = f64x2.add(number(table, p4), f64x2.mul(square, number(table, p5)));
  p = f64x2.add(number(table, p3), f64x2.mul(square, p));
  p = f64x2.add(number(table, p2), f64x2.mul(square, p));
  p = f64x2.add(number(table, p1), f64x2.mul(square, p));
  const c = f64x2.sub(r, f64x2.mul(square, p));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(number(table, two), c));
  const y = f64x2.sub(number(table, one), f64x2.sub(f64x2.sub(low, quotient), high));
  const isRare = v128.or(f64x2.gt(size, number(table, large)), f64x2.eq(x, number(table, one)));
  if (v128.any_true(isRare)) return rarePair(x, k, y, table);
  const isTiny = f64x2.lt(size, number(table, tiny));
  return v128.bitselect(f64x2.add(number(table, one), x), f64x2.mul(y, powerOfTwo(k, table)), isTiny);
}

/**
 * The same if a power of two, or the result, may be too large or too small; and for e itself, whose
 * last bit would be wrong, as V8 notes.
 */
function rarePair(x: v128, k: v128, y: v128, table: usize): v128 {
  const first = f64x2.trunc(f64x2.mul(k, number(table, half)));
  y = f64x2.mul(f64x2.mul(y, powerOfTwo(first, table)), powerOfTwo(f64x2.sub(k, first), table));
  y = v128.bitselect(f64x2.add(f64x2.splat(1), x), y, f64x2.lt(f64x2.abs(x), number(table, tiny)));
  y = v128.bitselect(f64x2.splat(Math.E), y, f64x2.eq(x, f64x2.splat(1)));
  y = v128.bitselect(f64x2.splat(Infinity), y, f64x2.gt(x, f64x2.splat(7.09782712893383973096e2)));
  return v128.andnot(y, f64x2.lt(x, f64x2.splat(-7.45133219101941108420e2)));
}

/** In the order of `unaryNames` in flat-exp.ts; e^−|x| does not overflow. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function f2(op: i32, x: v128, table: usize): v128 {
  if (op == 0) return expPair(x, table);
  const e = expPair(v128.or(x, number(table, signBit)), table);
  const isNegative = f64x2.lt(x, f64x2.splat(0));
  return f64x2.div(v128.bitselect(e, number(table, one), isNegative), f64x2.add(number(table, one), e));
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function unary<T>(op: i32, n: i32, out: usize, x: usize, table: usize): void {
  for (const end = out + (n as usize) * sizeof<T>(); out < end; out += 2 * sizeof<T>(), x += 2 * sizeof<T>()) {
    const y = f2(op, pair<T>(x), table);
    if (sizeof<T>() == 8) v128.store(out, y);
    else v128.store64_lane(out, f32x4.demote_f64x2_zero(y), 0);
  }
}
/** out ← e^x, or 1 / (1 + e^−x). */
export function unaryFloat32(op: i32, n: i32, out: usize, x: usize, table: usize): void {
  if (op == 0) unary<f32>(0, n, out, x, table);
  else unary<f32>(1, n, out, x, table);
}
export function unaryFloat64(op: i32, n: i32, out: usize, x: usize, table: usize): void {
  if (op == 0) unary<f64>(0, n, out, x, table);
  else unary<f64>(1, n, out, x, table);
}

/**
 * For each row m = max x, or 0 if that is infinite, and Σ e^(x − m), from first to last: two
 * float64 per row.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function sumExp<T>(rows: i32, length: i32, out: usize, x: usize, table: usize): void {
  const size = sizeof<T>();
  for (let r = 0; r < rows; r++, out += 16) {
    const end = x + (length as usize) * size;
    let top: T = -Infinity as T;
    for (let at = x; at < end; at += size) top = max<T>(top, load<T>(at));
    const m: f64 = isFinite<T>(top) ? f64(top) : 0;
    let total: f64 = 0;
    for (; x + size < end; x += 2 * size) {
      const e = expPair(f64x2.sub(pair<T>(x), f64x2.splat(m)), table);
      total = total + f64x2.extract_lane(e, 0) + f64x2.extract_lane(e, 1);
    }
    if (x < end) {
      total += f64x2.extract_lane(expPair(f64x2.splat(f64(load<T>(x)) - m), table), 0);
      x += size;
    }
    store<f64>(out, m);
    store<f64>(out, total, 8);
  }
}
export function sumExpFloat32(rows: i32, length: i32, out: usize, x: usize, table: usize): void {
  sumExp<f32>(rows, length, out, x, table);
}
export function sumExpFloat64(rows: i32, length: i32, out: usize, x: usize, table: usize): void {
  sumExp<f64>(rows, length, out, x, table);
}
