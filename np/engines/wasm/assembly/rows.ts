/** Functions of three operands, and sums of products, row by row, in AssemblyScript, as SIMD. Addresses and steps are in bytes. */

// @ts-expect-error: AssemblyScript's decorator
@inline
function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

// The order of `ternaryNames` in flat-rows.ts.
// @ts-expect-error: AssemblyScript's decorator
@inline
function vector<T>(op: i32, x: v128, y: v128, z: v128): v128 {
  if (op == 0) return v128.div<T>(v128.sub<T>(x, y), z);
  return v128.add<T>(x, v128.mul<T>(y, z));
}

/**
 * out ← f(x, y, z). Within a row an operand's vectors lie `step` bytes apart, 16, or 0 for one number, repeated to 16 bytes; from row to row it
 * moves by `row` bytes. The last vector of a row reaches into the next one, which is written after it.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function rowwise<T>(
  op: i32, rows: i32, length: i32, out: usize,
  x: usize, xStep: usize, xRow: usize, y: usize, yStep: usize, yRow: usize, z: usize, zStep: usize, zRow: usize,
): void {
  const bytes = (length as usize) * sizeof<T>();
  for (let r = 0; r < rows; r++) {
    let a = x, b = y, c = z;
    for (let to = out; to < out + bytes; to += 16, a += xStep, b += yStep, c += zStep)
      v128.store(to, vector<T>(op, v128.load(a), v128.load(b), v128.load(c)));
    out += bytes;
    x += xRow;
    y += yRow;
    z += zRow;
  }
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function ternary<T>(
  op: i32, rows: i32, length: i32, out: usize,
  x: usize, xStep: usize, xRow: usize, y: usize, yStep: usize, yRow: usize, z: usize, zStep: usize, zRow: usize,
): void {
  if (op == 0) rowwise<T>(0, rows, length, out, x, xStep, xRow, y, yStep, yRow, z, zStep, zRow);
  else rowwise<T>(1, rows, length, out, x, xStep, xRow, y, yStep, yRow, z, zStep, zRow);
}
export function ternaryFloat32(
  op: i32, rows: i32, length: i32, out: usize,
  x: usize, xStep: usize, xRow: usize, y: usize, yStep: usize, yRow: usize, z: usize, zStep: usize, zRow: usize,
): void {
  ternary<f32>(op, rows, length, out, x, xStep, xRow, y, yStep, yRow, z, zStep, zRow);
}
export function ternaryFloat64(
  op: i32, rows: i32, length: i32, out: usize,
  x: usize, xStep: usize, xRow: usize, y: usize, yStep: usize, yRow: usize, z: usize, zStep: usize, zRow: usize,
): void {
  ternary<f64>(op, rows, length, out, x, xStep, xRow, y, yStep, yRow, z, zStep, zRow);
}

/** Adds four products to four float64 sums, s01 and s23 at `sums`. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function addFour<T>(sums: usize, x: usize, y: usize, length: i32, centered: bool): void {
  const size = sizeof<T>();
  let s01 = v128.load(sums), s23 = v128.load(sums, 16);
  const center = centered ? v128.load(y) : i64x2.splat(0);
  const end = x + (length as usize) * size;
  for (const whole = x + ((length & ~3) as usize) * size; x < whole; x += 4 * size) {
    if (sizeof<T>() == 4) {
      let p = v128.load(x);
      if (centered) {
        p = f32x4.sub(p, center);
        p = f32x4.mul(p, p);
      } else p = f32x4.mul(p, v128.load(y));
      s01 = f64x2.add(s01, f64x2.promote_low_f32x4(p));
      s23 = f64x2.add(s23, f64x2.promote_low_f32x4(v128.shuffle<f64>(p, p, 1, 1)));
    } else {
      let p = v128.load(x), q = v128.load(x, 16);
      if (centered) {
        p = f64x2.sub(p, center);
        q = f64x2.sub(q, center);
      }
      s01 = f64x2.add(s01, f64x2.mul(p, centered ? p : v128.load(y)));
      s23 = f64x2.add(s23, f64x2.mul(q, centered ? q : v128.load(y, 16)));
    }
    if (!centered) y += 4 * size;
  }
  v128.store(sums, s01);
  v128.store(sums, s23, 16);
  for (; x < end; x += size) {
    const difference = load<T>(x) - load<T>(y);
    const product: T = centered ? difference * difference : load<T>(x) * load<T>(y);
    store<f64>(sums, load<f64>(sums) + f64(product));
    if (!centered) y += size;
  }
}

/** Each row's four partial sums of x · y, element l into l mod 4, go on from `sums`; the last few, if they are not four, into the first. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function products<T>(rows: i32, length: i32, sums: usize, x: usize, y: usize): void {
  const bytes = (length as usize) * sizeof<T>();
  for (let r = 0; r < rows; r++, sums += 32, x += bytes, y += bytes) addFour<T>(sums, x, y, length, false);
}
export function sumProductsFloat32(rows: i32, length: i32, sums: usize, x: usize, y: usize): void {
  products<f32>(rows, length, sums, x, y);
}
export function sumProductsFloat64(rows: i32, length: i32, sums: usize, x: usize, y: usize): void {
  products<f64>(rows, length, sums, x, y);
}

/** The same of (x − center)², each row's center repeated to 16 bytes. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function squares<T>(rows: i32, length: i32, sums: usize, x: usize, centers: usize): void {
  const bytes = (length as usize) * sizeof<T>();
  for (let r = 0; r < rows; r++, sums += 32, x += bytes, centers += 16) addFour<T>(sums, x, centers, length, true);
}
export function sumSquaresFloat32(rows: i32, length: i32, sums: usize, x: usize, centers: usize): void {
  squares<f32>(rows, length, sums, x, centers);
}
export function sumSquaresFloat64(rows: i32, length: i32, sums: usize, x: usize, centers: usize): void {
  squares<f64>(rows, length, sums, x, centers);
}
