/**
 * Element-wise functions and sums over flat memory, as SIMD in AssemblyScript. Addresses are in
 * bytes. Every result has the same bits as the js engine's in float64, and, after rounding, in
 * float32: each is one rounding of an exact sum, product or quotient.
 */

import { pair } from "./rows";

export * from "./exp";
export * from "./rows";
export * from "./softmax";

/**
 * How b is laid out against `rows` × `length` elements of a: like a; one row that repeats; one
 * number per row.
 */
const dense: i32 = 0;
const repeated: i32 = 1;

// @ts-expect-error: AssemblyScript's decorator
@inline
function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

// In the order of `arithmetic` in ../flat.ts.
// @ts-expect-error: AssemblyScript's decorator
@inline
function vector<T>(op: i32, x: v128, y: v128): v128 {
  if (op == 0) return v128.add<T>(x, y);
  if (op == 1) return v128.sub<T>(x, y);
  if (op == 2) return v128.mul<T>(x, y);
  if (op == 3) return v128.div<T>(x, y);
  if (op == 6) return v128.andnot(y, v128.le<T>(x, v128.splat<T>(0)));
  // The second of two equals, and NaN wins: x unless x ≤ y (x ≥ y) or y is NaN.
  const second = op == 4 ? v128.le<T>(x, y) : v128.ge<T>(x, y);
  return v128.bitselect(x, y, v128.andnot(v128.eq<T>(y, y), second));
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function scalar<T>(op: i32, x: T, y: T): T {
  if (op == 0) return (x + y) as T;
  if (op == 1) return (x - y) as T;
  if (op == 2) return (x * y) as T;
  if (op == 3) return (x / y) as T;
  if (op == 6) return x <= 0 ? 0 : y;
  const first = op == 4 ? !(x <= y) : !(x >= y);
  return select<T>(x, y, i32(first) & i32(y == y));
}

/** One row: n elements of x with n of y, or with a single one (`step` 0). */
// @ts-expect-error: AssemblyScript's decorator
@inline
function row<T>(op: i32, n: i32, out: usize, x: usize, y: usize, step: i32): void {
  const size = sizeof<T>();
  const end = out + (n as usize) * size;
  const whole = out + ((n - (n % lanes<T>())) as usize) * size;
  if (step == 0) {
    const value = load<T>(y);
    const splat = v128.splat<T>(value);
    for (; out < whole; out += 16, x += 16) v128.store(out, vector<T>(op, v128.load(x), splat));
    for (; out < end; out += size, x += size) store<T>(out, scalar<T>(op, load<T>(x), value));
    return;
  }
  for (; out < whole; out += 16, x += 16, y += 16) v128.store(out, vector<T>(op, v128.load(x), v128.load(y)));
  for (; out < end; out += size, x += size, y += size) store<T>(out, scalar<T>(op, load<T>(x), load<T>(y)));
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function matrix<T>(op: i32, rows: i32, length: i32, out: usize, x: usize, y: usize, kind: i32): void {
  const bytes = (length as usize) * sizeof<T>();
  for (let r = 0; r < rows; r++) {
    if (kind == dense || kind == repeated) row<T>(op, length, out, x, y, 1);
    else row<T>(op, length, out, x, y, 0);
    out += bytes;
    x += bytes;
    if (kind == dense) y += bytes;
    else if (kind != repeated) y += sizeof<T>();
  }
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function binary<T>(op: i32, rows: i32, length: i32, out: usize, x: usize, y: usize, kind: i32): void {
  switch (op) {
    case 0: matrix<T>(0, rows, length, out, x, y, kind); break;
    case 1: matrix<T>(1, rows, length, out, x, y, kind); break;
    case 2: matrix<T>(2, rows, length, out, x, y, kind); break;
    case 3: matrix<T>(3, rows, length, out, x, y, kind); break;
    case 4: matrix<T>(4, rows, length, out, x, y, kind); break;
    case 5: matrix<T>(5, rows, length, out, x, y, kind); break;
    case 6: matrix<T>(6, rows, length, out, x, y, kind); break;
  }
}

/** out ← x op y. */
export function binaryFloat32(op: i32, rows: i32, length: i32, out: usize, x: usize, y: usize, kind: i32): void {
  binary<f32>(op, rows, length, out, x, y, kind);
}
export function binaryFloat64(op: i32, rows: i32, length: i32, out: usize, x: usize, y: usize, kind: i32): void {
  binary<f64>(op, rows, length, out, x, y, kind);
}

// In the order of `comparisons` in ../flat.ts.
// @ts-expect-error: AssemblyScript's decorator
@inline
function holds<T>(op: i32, x: T, y: T): bool {
  if (op == 0) return x > y;
  if (op == 1) return x >= y;
  if (op == 2) return x < y;
  if (op == 3) return x <= y;
  if (op == 4) return x == y;
  return x != y;
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function vectorHolds<T>(op: i32, x: v128, y: v128): v128 {
  if (op == 0) return v128.gt<T>(x, y);
  if (op == 1) return v128.ge<T>(x, y);
  if (op == 2) return v128.lt<T>(x, y);
  if (op == 3) return v128.le<T>(x, y);
  if (op == 4) return v128.eq<T>(x, y);
  return v128.ne<T>(x, y);
}

/** The results for four elements, each all ones or all zeros in 32 bits. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function four<T>(op: i32, x: usize, y: usize, same: v128, isNumber: bool): v128 {
  const first = vectorHolds<T>(op, v128.load(x), isNumber ? same : v128.load(y));
  if (sizeof<T>() == 4) return first;
  const second = vectorHolds<T>(op, v128.load(x, 16), isNumber ? same : v128.load(y, 16));
  return v128.shuffle<i32>(first, second, 0, 2, 4, 6);
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function compareAll<T>(op: i32, n: i32, out: usize, x: usize, y: usize, isNumber: bool): void {
  const size = sizeof<T>();
  const end = out + n;
  const whole = out + (n & ~15);
  const same = v128.load_splat<T>(y);
  const ones = i8x16.splat(1);
  for (; out < whole; out += 16, x += 16 * size, y += 16 * size) {
    const a = four<T>(op, x, y, same, isNumber);
    const b = four<T>(op, x + 4 * size, y + 4 * size, same, isNumber);
    const c = four<T>(op, x + 8 * size, y + 8 * size, same, isNumber);
    const d = four<T>(op, x + 12 * size, y + 12 * size, same, isNumber);
    const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
    v128.store(out, v128.and(bytes, ones));
  }
  const number = y - ((whole + n - end) as usize) * size; // the start of y
  for (; out < end; out++, x += size, y += size)
    store<u8>(out, u8(holds<T>(op, load<T>(x), load<T>(isNumber ? number : y))));
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function compareBy<T>(op: i32, n: i32, out: usize, x: usize, y: usize, step: usize): void {
  if (step == 0) compareAll<T>(op, n, out, x, y, true);
  else compareAll<T>(op, n, out, x, y, false);
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function compare<T>(op: i32, n: i32, out: usize, x: usize, y: usize, step: usize): void {
  switch (op) {
    case 0: compareBy<T>(0, n, out, x, y, step); break;
    case 1: compareBy<T>(1, n, out, x, y, step); break;
    case 2: compareBy<T>(2, n, out, x, y, step); break;
    case 3: compareBy<T>(3, n, out, x, y, step); break;
    case 4: compareBy<T>(4, n, out, x, y, step); break;
    case 5: compareBy<T>(5, n, out, x, y, step); break;
  }
}

/**
 * out ← 1 where x op y, else 0, as uint8; elements of y are `step` bytes apart, or 0 for a single
 * number.
 */
export function compareFloat32(op: i32, n: i32, out: usize, x: usize, y: usize, step: usize): void {
  compare<f32>(op, n, out, x, y, step);
}
export function compareFloat64(op: i32, n: i32, out: usize, x: usize, y: usize, step: usize): void {
  compare<f64>(op, n, out, x, y, step);
}

/** Four uint8 as int32. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function widen(at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

/** out ← x · mask, a uint8. Reads up to three bytes past the mask's end. */
export function maskFloat32(n: i32, out: usize, x: usize, mask: usize): void {
  for (const end = out + ((n as usize) << 2); out < end; out += 16, x += 16, mask += 4)
    v128.store(out, v128.mul<f32>(v128.load(x), f32x4.convert_i32x4_u(widen(mask))));
}
export function maskFloat64(n: i32, out: usize, x: usize, mask: usize): void {
  for (const end = out + ((n as usize) << 3); out < end; out += 16, x += 16, mask += 2)
    v128.store(out, v128.mul<f64>(v128.load(x), f64x2.convert_low_i32x4_u(widen(mask))));
}

/**
 * out ← x where the uint8 condition is not 0, else y. x and y move 16 bytes per vector, or 0 for a
 * single number (repeated to 16 bytes).
 */
export function whereFloat32(n: i32, out: usize, mask: usize, x: usize, xStep: usize, y: usize, yStep: usize): void {
  const zero = i32x4.splat(0);
  for (const end = out + ((n as usize) << 2); out < end; out += 16, x += xStep, y += yStep, mask += 4)
    v128.store(out, v128.bitselect(v128.load(x), v128.load(y), i32x4.ne(widen(mask), zero)));
}
export function whereFloat64(n: i32, out: usize, mask: usize, x: usize, xStep: usize, y: usize, yStep: usize): void {
  const zero = i64x2.splat(0);
  for (const end = out + ((n as usize) << 3); out < end; out += 16, x += xStep, y += yStep, mask += 2)
    v128.store(out, v128.bitselect(v128.load(x), v128.load(y), i64x2.ne(i64x2.extend_low_i32x4_u(widen(mask)), zero)));
}

/** y ← y + scale · x. */
export function addScaledFloat32(n: i32, y: usize, x: usize, scale: f32): void {
  const by = f32x4.splat(scale);
  for (const end = y + ((n as usize) << 2); y < end; y += 16, x += 16)
    v128.store(y, v128.add<f32>(v128.load(y), v128.mul<f32>(by, v128.load(x))));
}
export function addScaledFloat64(n: i32, y: usize, x: usize, scale: f64): void {
  const by = f64x2.splat(scale);
  for (const end = y + ((n as usize) << 3); y < end; y += 16, x += 16)
    v128.store(y, v128.add<f64>(v128.load(y), v128.mul<f64>(by, v128.load(x))));
}

// Sums are kept in float64.

/**
 * Continues each row's four partial sums at `sums`: element l is added to sum l mod 4, and the last
 * length mod 4 elements to the first sum.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function sumRows<T>(rows: i32, length: i32, sums: usize, x: usize): void {
  const size = sizeof<T>();
  for (let r = 0; r < rows; r++, sums += 32) {
    let s01 = v128.load(sums), s23 = v128.load(sums, 16);
    const end = x + (length as usize) * size;
    for (const whole = x + ((length & ~3) as usize) * size; x < whole; x += 4 * size) {
      s01 = f64x2.add(s01, pair<T>(x));
      s23 = f64x2.add(s23, pair<T>(x + 2 * size));
    }
    v128.store(sums, s01);
    v128.store(sums, s23, 16);
    for (; x < end; x += size) store<f64>(sums, load<f64>(sums) + f64(load<T>(x)));
  }
}
export function sumRowsFloat32(rows: i32, length: i32, sums: usize, x: usize): void {
  sumRows<f32>(rows, length, sums, x);
}
export function sumRowsFloat64(rows: i32, length: i32, sums: usize, x: usize): void {
  sumRows<f64>(rows, length, sums, x);
}

/** sums ← sums + every row of x, one row after another. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function sumColumns<T>(rows: i32, length: i32, sums: usize, x: usize): void {
  const size = sizeof<T>();
  const whole = sums + ((length & ~1) as usize) * 8;
  for (let r = 0; r < rows; r++) {
    let at = sums;
    for (; at < whole; at += 16, x += 2 * size) v128.store(at, f64x2.add(v128.load(at), pair<T>(x)));
    if (length & 1) {
      store<f64>(at, load<f64>(at) + f64(load<T>(x)));
      x += size;
    }
  }
}
export function sumColumnsFloat32(rows: i32, length: i32, sums: usize, x: usize): void {
  sumColumns<f32>(rows, length, sums, x);
}
export function sumColumnsFloat64(rows: i32, length: i32, sums: usize, x: usize): void {
  sumColumns<f64>(rows, length, sums, x);
}

// One optimizer step on n parameters. The formulas, and the order of operations, are those of
// js/updates.

/** g + λp; just g if λ is 0, since 0 · ∞ would be NaN. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function penalised<T>(g: v128, p: v128, penalty: v128, isPenalised: bool): v128 {
  return isPenalised ? v128.add<T>(g, v128.mul<T>(penalty, p)) : g;
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function adam<T>(
  n: i32, p: usize, g: usize, m: usize, v: usize,
  shrink: T, penalty: T, beta1: T, rest1: T, beta2: T, rest2: T, size: T, correction: T, eps: T,
): void {
  const b1 = v128.splat<T>(beta1), r1 = v128.splat<T>(rest1), b2 = v128.splat<T>(beta2), r2 = v128.splat<T>(rest2);
  const byShrink = v128.splat<T>(shrink), byPenalty = v128.splat<T>(penalty);
  const bySize = v128.splat<T>(size), byCorrection = v128.splat<T>(correction), small = v128.splat<T>(eps);
  for (const end = p + (n as usize) * sizeof<T>(); p < end; p += 16, g += 16, m += 16, v += 16) {
    const value = v128.mul<T>(v128.load(p), byShrink);
    const slope = penalised<T>(v128.load(g), value, byPenalty, penalty > 0);
    const mean = v128.add<T>(v128.mul<T>(b1, v128.load(m)), v128.mul<T>(r1, slope));
    const square = v128.add<T>(v128.mul<T>(b2, v128.load(v)), v128.mul<T>(v128.mul<T>(r2, slope), slope));
    v128.store(m, mean);
    v128.store(v, square);
    const root = v128.add<T>(v128.div<T>(v128.sqrt<T>(square), byCorrection), small);
    v128.store(p, v128.sub<T>(value, v128.mul<T>(bySize, v128.div<T>(mean, root))));
  }
}
export function adamFloat32(
  n: i32, p: usize, g: usize, m: usize, v: usize,
  shrink: f32, penalty: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, size: f32, correction: f32, eps: f32,
): void {
  adam<f32>(n, p, g, m, v, shrink, penalty, beta1, rest1, beta2, rest2, size, correction, eps);
}
export function adamFloat64(
  n: i32, p: usize, g: usize, m: usize, v: usize,
  shrink: f64, penalty: f64, beta1: f64, rest1: f64, beta2: f64, rest2: f64, size: f64, correction: f64, eps: f64,
): void {
  adam<f64>(n, p, g, m, v, shrink, penalty, beta1, rest1, beta2, rest2, size, correction, eps);
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function momentum<T>(
  n: i32, p: usize, g: usize, velocity: usize,
  lr: T, penalty: T, mu: T, rest: T, nesterov: bool, first: bool,
): void {
  const byLr = v128.splat<T>(lr), byPenalty = v128.splat<T>(penalty);
  const byMu = v128.splat<T>(mu), byRest = v128.splat<T>(rest);
  for (const end = p + (n as usize) * sizeof<T>(); p < end; p += 16, g += 16, velocity += 16) {
    const value = v128.load(p);
    const slope = penalised<T>(v128.load(g), value, byPenalty, penalty > 0);
    const v = first ? slope : v128.add<T>(v128.mul<T>(byMu, v128.load(velocity)), v128.mul<T>(byRest, slope));
    v128.store(velocity, v);
    const direction = nesterov ? v128.add<T>(slope, v128.mul<T>(byMu, v)) : v;
    v128.store(p, v128.sub<T>(value, v128.mul<T>(byLr, direction)));
  }
}
export function momentumFloat32(
  n: i32, p: usize, g: usize, velocity: usize, lr: f32, penalty: f32, mu: f32, rest: f32, nesterov: bool, first: bool,
): void {
  momentum<f32>(n, p, g, velocity, lr, penalty, mu, rest, nesterov, first);
}
export function momentumFloat64(
  n: i32, p: usize, g: usize, velocity: usize, lr: f64, penalty: f64, mu: f64, rest: f64, nesterov: bool, first: bool,
): void {
  momentum<f64>(n, p, g, velocity, lr, penalty, mu, rest, nesterov, first);
}
