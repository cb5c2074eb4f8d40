/**
 * Functions of three to six operands, and sums of products, row by row, as SIMD in AssemblyScript.
 * Addresses and steps are in bytes.
 */

// In the order of `fusedNames` in flat-rows.ts.
// @ts-expect-error: AssemblyScript's decorator
@inline
function vector<T>(op: i32, x: v128, y: v128, z: v128, u: v128, w: v128, m: v128): v128 {
  if (op == 0) return v128.div<T>(v128.sub<T>(x, y), z);
  if (op == 1) return v128.add<T>(x, v128.mul<T>(y, z));
  if (op == 2) return v128.add<T>(v128.mul<T>(v128.sub<T>(x, y), z), u);
  return v128.add<T>(v128.add<T>(x, v128.mul<T>(y, z)), v128.mul<T>(v128.sub<T>(u, m), w));
}

/**
 * Word `i` of an operand: its start, the step between vectors within a row (16, or 0 for a single
 * number), and the step between rows.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function word(operands: usize, operand: i32, i: i32): usize {
  return load<u32>(operands + ((12 * operand + 4 * i) as usize)) as usize;
}

/** Whether an operand is one number per row. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function isNumber(operands: usize, operand: i32): bool {
  return word(operands, operand, 1) == 0;
}

/**
 * out ← f(x, y, z, u, w, m), or as many operands as f has; `operands` holds three words for each. A
 * single number is repeated to 16 bytes. The last vector of a row reaches into the next row, which
 * is written after it. The cases that normalisations need, one or two arrays with numbers per
 * channel, have their own loops, which keep the numbers in registers.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function rowwise<T>(op: i32, rows: i32, length: i32, out: usize, operands: usize): void {
  const bytes = (length as usize) * sizeof<T>();
  const xStep = word(operands, 0, 1), yStep = word(operands, 1, 1), zStep = word(operands, 2, 1);
  const uStep = word(operands, 3, 1), wStep = word(operands, 4, 1), mStep = word(operands, 5, 1);
  const ofOne = op == 2 && isNumber(operands, 1) && isNumber(operands, 2) && isNumber(operands, 3);
  const ofTwo = op == 3 && isNumber(operands, 0) && isNumber(operands, 2) && isNumber(operands, 4) && isNumber(operands, 5);
  for (let r = 0; r < rows; r++, out += bytes) {
    const row = r as usize, end = out + bytes;
    let x = word(operands, 0, 0) + row * word(operands, 0, 2);
    let y = word(operands, 1, 0) + row * word(operands, 1, 2);
    let z = word(operands, 2, 0) + row * word(operands, 2, 2);
    let u = op > 1 ? word(operands, 3, 0) + row * word(operands, 3, 2) : x;
    let w = op > 2 ? word(operands, 4, 0) + row * word(operands, 4, 2) : x;
    let m = op > 2 ? word(operands, 5, 0) + row * word(operands, 5, 2) : x;
    if (ofOne) {
      const b = v128.load(y), c = v128.load(z), d = v128.load(u);
      for (let to = out; to < end; to += 16, x += 16) v128.store(to, vector<T>(op, v128.load(x), b, c, d, d, d));
    } else if (ofTwo) {
      const a = v128.load(x), c = v128.load(z), e = v128.load(w), middle = v128.load(m);
      for (let to = out; to < end; to += 16, y += yStep, u += uStep)
        v128.store(to, vector<T>(op, a, v128.load(y), c, v128.load(u), e, middle));
    } else {
      for (let to = out; to < end; to += 16, x += xStep, y += yStep, z += zStep, u += uStep, w += wStep, m += mStep) {
        const b = v128.load(x);
        const d = op > 1 ? v128.load(u) : b, e = op > 2 ? v128.load(w) : b, middle = op > 2 ? v128.load(m) : b;
        v128.store(to, vector<T>(op, b, v128.load(y), v128.load(z), d, e, middle));
      }
    }
  }
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function fused<T>(op: i32, rows: i32, length: i32, out: usize, operands: usize): void {
  switch (op) {
    case 0: rowwise<T>(0, rows, length, out, operands); break;
    case 1: rowwise<T>(1, rows, length, out, operands); break;
    case 2: rowwise<T>(2, rows, length, out, operands); break;
    case 3: rowwise<T>(3, rows, length, out, operands); break;
  }
}
export function fusedFloat32(op: i32, rows: i32, length: i32, out: usize, operands: usize): void {
  fused<f32>(op, rows, length, out, operands);
}
export function fusedFloat64(op: i32, rows: i32, length: i32, out: usize, operands: usize): void {
  fused<f64>(op, rows, length, out, operands);
}

// @ts-expect-error: AssemblyScript's decorator
@inline
export function pair<T>(at: usize): v128 {
  return sizeof<T>() == 8 ? v128.load(at) : f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// The terms to sum, in x, y and a center: x y; (x − center)²; x (y − center), and x beside it.
const product: i32 = 0;
const square: i32 = 1;
const centered: i32 = 2;

// @ts-expect-error: AssemblyScript's decorator
@inline
function term<T>(kind: i32, x: v128, y: v128, center: v128): v128 {
  if (kind == product) return v128.mul<T>(x, y);
  const z = v128.sub<T>(kind == square ? x : y, center);
  return v128.mul<T>(kind == square ? z : x, z);
}

/**
 * Adds a row's terms to four float64 sums, s01 and s23 at `sums`: element l to sum l mod 4. A rest
 * of fewer than four elements is added to the first.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function addRow<T>(kind: i32, sums: usize, beside: usize, x: usize, y: usize, center: usize, length: i32): void {
  const size = sizeof<T>();
  let s01 = v128.load(sums), s23 = v128.load(sums, 16);
  let t01 = v128.load(beside), t23 = v128.load(beside, 16);
  const middle = v128.load(center);
  const end = x + (length as usize) * size;
  for (const whole = x + ((length & ~3) as usize) * size; x < whole; x += 4 * size, y += 4 * size) {
    if (sizeof<T>() == 4) {
      const p = term<T>(kind, v128.load(x), v128.load(y), middle);
      s01 = f64x2.add(s01, f64x2.promote_low_f32x4(p));
      s23 = f64x2.add(s23, f64x2.promote_low_f32x4(v128.shuffle<f64>(p, p, 1, 1)));
    } else {
      s01 = f64x2.add(s01, term<T>(kind, v128.load(x), v128.load(y), middle));
      s23 = f64x2.add(s23, term<T>(kind, v128.load(x, 16), v128.load(y, 16), middle));
    }
    if (kind == centered) {
      t01 = f64x2.add(t01, pair<T>(x));
      t23 = f64x2.add(t23, pair<T>(x + 2 * size));
    }
  }
  v128.store(sums, s01);
  v128.store(sums, s23, 16);
  if (kind == centered) {
    v128.store(beside, t01);
    v128.store(beside, t23, 16);
  }
  for (; x < end; x += size, y += size) {
    const a = load<T>(x), b = load<T>(y), c = load<T>(center);
    const last: T = kind == product ? a * b : kind == square ? (a - c) * (a - c) : a * (b - c);
    store<f64>(sums, load<f64>(sums) + f64(last));
    if (kind == centered) store<f64>(beside, load<f64>(beside) + f64(a));
  }
}

/**
 * Continues each row's four sums at `sums`, and those at `beside`; its center is repeated to 16
 * bytes. Addresses that a kind does not need are ignored.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function addRows<T>(kind: i32, rows: i32, length: i32, sums: usize, beside: usize, x: usize, y: usize, centers: usize): void {
  const bytes = (length as usize) * sizeof<T>();
  for (let r = 0; r < rows; r++, sums += 32, beside += 32, x += bytes, y += bytes, centers += 16)
    addRow<T>(kind, sums, beside, x, y, centers, length);
}
export function sumProductsFloat32(rows: i32, length: i32, sums: usize, x: usize, y: usize): void {
  addRows<f32>(product, rows, length, sums, sums, x, y, x);
}
export function sumProductsFloat64(rows: i32, length: i32, sums: usize, x: usize, y: usize): void {
  addRows<f64>(product, rows, length, sums, sums, x, y, x);
}
export function sumSquaresFloat32(rows: i32, length: i32, sums: usize, x: usize, centers: usize): void {
  addRows<f32>(square, rows, length, sums, sums, x, x, centers);
}
export function sumSquaresFloat64(rows: i32, length: i32, sums: usize, x: usize, centers: usize): void {
  addRows<f64>(square, rows, length, sums, sums, x, x, centers);
}
export function sumCenteredFloat32(rows: i32, length: i32, products: usize, sums: usize, x: usize, y: usize, centers: usize): void {
  addRows<f32>(centered, rows, length, products, sums, x, y, centers);
}
export function sumCenteredFloat64(rows: i32, length: i32, products: usize, sums: usize, x: usize, y: usize, centers: usize): void {
  addRows<f64>(centered, rows, length, products, sums, x, y, centers);
}
