/** Functions of three operands, sums of products and scattering, row by row, in AssemblyScript, as SIMD. Addresses are in bytes. */

/** How an operand lies against `rows` × `length` elements: as they do; one row that repeats; one number for each row. */
const dense: i32 = 0;
const perRow: i32 = 2;

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

/** Where an operand of one row begins; a number for each row is repeated over the 16 bytes at `copy`. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function startOf<T>(x: usize, kind: i32, row: i32, number: i32, bytes: usize, copy: usize): usize {
  if (kind == dense) return x + (row as usize) * bytes;
  if (kind != perRow) return x;
  v128.store(copy, v128.load_splat<T>(x + (number as usize) * sizeof<T>()));
  return copy;
}

/**
 * out ← f(x, y, z). Numbers for each row are `cycle` that come again and again, from `first` on. The last vector of a row reaches into the
 * next one, which is written after it. 48 bytes of scratch.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function rowwise<T>(
  op: i32, rows: i32, length: i32, first: i32, cycle: i32, scratch: usize, out: usize,
  x: usize, xKind: i32, y: usize, yKind: i32, z: usize, zKind: i32,
): void {
  const bytes = (length as usize) * sizeof<T>();
  const xStep: usize = xKind == perRow ? 0 : 16, yStep: usize = yKind == perRow ? 0 : 16, zStep: usize = zKind == perRow ? 0 : 16;
  let number = first;
  for (let r = 0; r < rows; r++) {
    let a = startOf<T>(x, xKind, r, number, bytes, scratch);
    let b = startOf<T>(y, yKind, r, number, bytes, scratch + 16);
    let c = startOf<T>(z, zKind, r, number, bytes, scratch + 32);
    const end = out + bytes;
    for (let to = out; to < end; to += 16, a += xStep, b += yStep, c += zStep)
      v128.store(to, vector<T>(op, v128.load(a), v128.load(b), v128.load(c)));
    out = end;
    number = number + 1 == cycle ? 0 : number + 1;
  }
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function ternary<T>(
  op: i32, rows: i32, length: i32, first: i32, cycle: i32, scratch: usize, out: usize,
  x: usize, xKind: i32, y: usize, yKind: i32, z: usize, zKind: i32,
): void {
  if (op == 0) rowwise<T>(0, rows, length, first, cycle, scratch, out, x, xKind, y, yKind, z, zKind);
  else rowwise<T>(1, rows, length, first, cycle, scratch, out, x, xKind, y, yKind, z, zKind);
}
export function ternaryFloat32(
  op: i32, rows: i32, length: i32, first: i32, cycle: i32, scratch: usize, out: usize,
  x: usize, xKind: i32, y: usize, yKind: i32, z: usize, zKind: i32,
): void {
  ternary<f32>(op, rows, length, first, cycle, scratch, out, x, xKind, y, yKind, z, zKind);
}
export function ternaryFloat64(
  op: i32, rows: i32, length: i32, first: i32, cycle: i32, scratch: usize, out: usize,
  x: usize, xKind: i32, y: usize, yKind: i32, z: usize, zKind: i32,
): void {
  ternary<f64>(op, rows, length, first, cycle, scratch, out, x, xKind, y, yKind, z, zKind);
}

/** Adds four products to four float64 sums, s01 and s23 at `sums`. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function addFour<T>(sums: usize, x: usize, y: usize, length: i32, centered: bool): void {
  const size = sizeof<T>();
  let s01 = v128.load(sums), s23 = v128.load(sums, 16);
  const center = centered ? v128.load_splat<T>(y) : i64x2.splat(0);
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

/** The same of (x − center)², with one center for each row. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function squares<T>(rows: i32, length: i32, sums: usize, x: usize, centers: usize): void {
  const bytes = (length as usize) * sizeof<T>();
  for (let r = 0; r < rows; r++, sums += 32, x += bytes, centers += sizeof<T>()) addFour<T>(sums, x, centers, length, true);
}
export function sumSquaresFloat32(rows: i32, length: i32, sums: usize, x: usize, centers: usize): void {
  squares<f32>(rows, length, sums, x, centers);
}
export function sumSquaresFloat64(rows: i32, length: i32, sums: usize, x: usize, centers: usize): void {
  squares<f64>(rows, length, sums, x, centers);
}

/**
 * Each row of out, `length` long, ← the row's `count` elements of x added at their indices. What is returned is the place of the first index
 * that is not in the row, or −1.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function scatter<T>(rows: i32, count: i32, length: i32, out: usize, x: usize, indices: usize): i32 {
  const bytes = (length as usize) * sizeof<T>();
  memory.fill(out, 0, (rows as usize) * bytes);
  let i = 0;
  for (let r = 0; r < rows; r++, out += bytes) {
    for (const end = i + count; i < end; i++, x += sizeof<T>(), indices += 4) {
      const index = load<u32>(indices);
      if (index >= (length as u32)) return i;
      const at = out + (index as usize) * sizeof<T>();
      store<T>(at, load<T>(at) + load<T>(x));
    }
  }
  return -1;
}
export function scatterFloat32(rows: i32, count: i32, length: i32, out: usize, x: usize, indices: usize): i32 {
  return scatter<f32>(rows, count, length, out, x, indices);
}
export function scatterFloat64(rows: i32, count: i32, length: i32, out: usize, x: usize, indices: usize): i32 {
  return scatter<f64>(rows, count, length, out, x, indices);
}
