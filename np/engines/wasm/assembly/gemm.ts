/**
 * c (m, n) ← a (m, k) · b (k, n), or c + a · b if `add`, for one thread's share of c, in
 * AssemblyScript. Blocks of a and b are copied into zero-padded panels, so that the inner loop
 * reads both in order, whatever their strides. It keeps a tile of 4 rows × 2 vectors of c in
 * registers.
 * @see Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3),
 * 2008
 */

/** Rows of a tile; its columns are two vectors: 8 float32 or 4 float64. */
const tileRows: i32 = 4;
/** k in one block: a panel of b, 256 × 8 float32, stays in the first-level cache. */
const blockDepth: i32 = 256;
/** Rows of a and columns of b packed at once: 128 and 512 KiB of float32, for the second-level cache. */
const blockRows: i32 = 128;
const blockColumns: i32 = 512;

// @ts-expect-error: AssemblyScript's decorator
@inline
function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function multiplyAdd<T>(x: v128, y: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(x, y, sum);
  return v128.add<T>(sum, v128.mul<T>(x, y));
}

/** The number of bytes of scratch that a thread needs for its panels. */
export function scratchBytes(): i32 {
  return (blockRows + blockColumns + 16) * blockDepth * 8;
}

/** One thread's share: rows from `m0` to `m1`, columns from `n0` to `n1`. Strides are in elements, addresses in bytes. */
function share<T>(
  a: usize, aRow: i32, aColumn: i32,
  b: usize, bRow: i32, bColumn: i32,
  c: usize, ldc: i32,
  m0: i32, m1: i32, n0: i32, n1: i32, k: i32,
  add: bool, scratch: usize,
): void {
  const width = 2 * lanes<T>();
  const packedA = scratch;
  const packedB = packedA + ((blockRows * blockDepth) as usize) * sizeof<T>();
  const edge = packedB + (((blockColumns + width) * blockDepth) as usize) * sizeof<T>();
  for (let j0 = n0; j0 < n1; j0 += blockColumns) {
    const columns = min(blockColumns, n1 - j0);
    for (let k0 = 0; k0 < k; k0 += blockDepth) {
      const depth = min(blockDepth, k - k0);
      pack<T>(packedB, b + ((j0 * bColumn + k0 * bRow) as usize) * sizeof<T>(), bColumn, bRow, columns, depth, width);
      for (let i0 = m0; i0 < m1; i0 += blockRows) {
        const rows = min(blockRows, m1 - i0);
        pack<T>(packedA, a + ((i0 * aRow + k0 * aColumn) as usize) * sizeof<T>(), aRow, aColumn, rows, depth, tileRows);
        for (let j = 0; j < columns; j += width) {
          for (let i = 0; i < rows; i += tileRows) {
            const fromA = packedA + ((i * depth) as usize) * sizeof<T>();
            const fromB = packedB + ((j * depth) as usize) * sizeof<T>();
            const to = c + (((i0 + i) * ldc + j0 + j) as usize) * sizeof<T>();
            if (rows - i >= tileRows && columns - j >= width) {
              tile<T>(depth, fromA, fromB, to, ldc, add || k0 > 0);
            } else {
              tile<T>(depth, fromA, fromB, edge, width, false);
              put<T>(edge, width, to, ldc, min(tileRows, rows - i), min(width, columns - j), add || k0 > 0);
            }
          }
        }
      }
    }
  }
}

/**
 * Copies `count` lines of `depth` elements into panels of `high` interleaved lines; missing lines
 * are zeros. A line is a row of a or a column of b: its elements are `step` apart, lines `lineStep`
 * apart.
 */
function pack<T>(out: usize, x: usize, lineStep: i32, step: i32, count: i32, depth: i32, high: i32): void {
  for (let line = 0; line < count; line += high) {
    const from = x + ((line * lineStep) as usize) * sizeof<T>();
    const panel = out + ((line * depth) as usize) * sizeof<T>();
    if (count - line < high) packEdge<T>(panel, from, lineStep, step, count - line, depth, high);
    else if (lineStep == 1) packAlong<T>(panel, from, step, depth, high);
    else if (step == 1) packAcross<T>(panel, from, lineStep, depth, high);
    else packEdge<T>(panel, from, lineStep, step, high, depth, high);
  }
}

/** Lines are side by side: copies whole vectors. */
function packAlong<T>(out: usize, x: usize, step: i32, depth: i32, high: i32): void {
  for (let p = 0; p < depth; p++) {
    for (let l = 0; l < high; l += lanes<T>()) {
      v128.store(out, v128.load(x + (l as usize) * sizeof<T>()));
      out += 16;
    }
    x += (step as usize) * sizeof<T>();
  }
}

/** Each line is contiguous: transposes small squares in registers. */
function packAcross<T>(out: usize, x: usize, lineStep: i32, depth: i32, high: i32): void {
  const n = lanes<T>();
  const whole = depth - (depth % n);
  const stride = (lineStep as usize) * sizeof<T>();
  const row = (high as usize) * sizeof<T>();
  for (let l = 0; l < high; l += n) {
    const lines = x + (l as usize) * stride;
    const panel = out + (l as usize) * sizeof<T>();
    for (let p = 0; p < whole; p += n) {
      const from = lines + (p as usize) * sizeof<T>();
      const to = panel + (p as usize) * row;
      const r0 = v128.load(from);
      const r1 = v128.load(from + stride);
      if (sizeof<T>() == 8) {
        v128.store(to, v128.shuffle<f64>(r0, r1, 0, 2));
        v128.store(to + row, v128.shuffle<f64>(r0, r1, 1, 3));
      } else {
        const r2 = v128.load(from + 2 * stride);
        const r3 = v128.load(from + 3 * stride);
        const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
        const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
        const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
        const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
        v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
        v128.store(to + row, v128.shuffle<f64>(low01, low23, 1, 3));
        v128.store(to + 2 * row, v128.shuffle<f64>(high01, high23, 0, 2));
        v128.store(to + 3 * row, v128.shuffle<f64>(high01, high23, 1, 3));
      }
    }
  }
  if (whole < depth) {
    const from = x + (whole as usize) * sizeof<T>();
    packEdge<T>(out + (whole as usize) * row, from, lineStep, 1, high, depth - whole, high);
  }
}

/** Element by element, for any strides, and for fewer lines than the panel has. */
function packEdge<T>(out: usize, x: usize, lineStep: i32, step: i32, lines: i32, depth: i32, high: i32): void {
  for (let p = 0; p < depth; p++) {
    for (let l = 0; l < high; l++) {
      const value = l < lines ? load<T>(x + ((l * lineStep + p * step) as usize) * sizeof<T>()) : (0 as T);
      store<T>(out, value);
      out += sizeof<T>();
    }
  }
}

/**
 * Computes a tile of c from one panel of either side, and writes it to c or adds it. Four steps of
 * p are unrolled, because V8 checks for interrupts at every iteration of a loop. The exits between
 * them stop V8 from starting with the loads of all four steps, for which it has too few registers.
 * With exits, this is a fifth faster than one step per iteration; without, a quarter slower.
 */
function tile<T>(depth: i32, a: usize, b: usize, c: usize, ldc: i32, add: bool): void {
  const size = sizeof<T>();
  let b0: v128, b1: v128, x: v128;
  let c00 = v128.splat<T>(0 as T), c01 = v128.splat<T>(0 as T);
  let c10 = v128.splat<T>(0 as T), c11 = v128.splat<T>(0 as T);
  let c20 = v128.splat<T>(0 as T), c21 = v128.splat<T>(0 as T);
  let c30 = v128.splat<T>(0 as T), c31 = v128.splat<T>(0 as T);
  for (let p = 0; p < depth; p += 4) {
    b0 = v128.load(b), b1 = v128.load(b, 16);
    x = v128.load_splat<T>(a); c00 = multiplyAdd<T>(x, b0, c00), c01 = multiplyAdd<T>(x, b1, c01);
    x = v128.load_splat<T>(a, 1 * size); c10 = multiplyAdd<T>(x, b0, c10), c11 = multiplyAdd<T>(x, b1, c11);
    x = v128.load_splat<T>(a, 2 * size); c20 = multiplyAdd<T>(x, b0, c20), c21 = multiplyAdd<T>(x, b1, c21);
    x = v128.load_splat<T>(a, 3 * size); c30 = multiplyAdd<T>(x, b0, c30), c31 = multiplyAdd<T>(x, b1, c31);
    if (p + 1 == depth) break;

    b0 = v128.load(b, 32), b1 = v128.load(b, 48);
    x = v128.load_splat<T>(a, 4 * size); c00 = multiplyAdd<T>(x, b0, c00), c01 = multiplyAdd<T>(x, b1, c01);
    x = v128.load_splat<T>(a, 5 * size); c10 = multiplyAdd<T>(x, b0, c10), c11 = multiplyAdd<T>(x, b1, c11);
    x = v128.load_splat<T>(a, 6 * size); c20 = multiplyAdd<T>(x, b0, c20), c21 = multiplyAdd<T>(x, b1, c21);
    x = v128.load_splat<T>(a, 7 * size); c30 = multiplyAdd<T>(x, b0, c30), c31 = multiplyAdd<T>(x, b1, c31);
    if (p + 2 == depth) break;

    b0 = v128.load(b, 64), b1 = v128.load(b, 80);
    x = v128.load_splat<T>(a, 8 * size); c00 = multiplyAdd<T>(x, b0, c00), c01 = multiplyAdd<T>(x, b1, c01);
    x = v128.load_splat<T>(a, 9 * size); c10 = multiplyAdd<T>(x, b0, c10), c11 = multiplyAdd<T>(x, b1, c11);
    x = v128.load_splat<T>(a, 10 * size); c20 = multiplyAdd<T>(x, b0, c20), c21 = multiplyAdd<T>(x, b1, c21);
    x = v128.load_splat<T>(a, 11 * size); c30 = multiplyAdd<T>(x, b0, c30), c31 = multiplyAdd<T>(x, b1, c31);
    if (p + 3 == depth) break;

    b0 = v128.load(b, 96), b1 = v128.load(b, 112);
    x = v128.load_splat<T>(a, 12 * size); c00 = multiplyAdd<T>(x, b0, c00), c01 = multiplyAdd<T>(x, b1, c01);
    x = v128.load_splat<T>(a, 13 * size); c10 = multiplyAdd<T>(x, b0, c10), c11 = multiplyAdd<T>(x, b1, c11);
    x = v128.load_splat<T>(a, 14 * size); c20 = multiplyAdd<T>(x, b0, c20), c21 = multiplyAdd<T>(x, b1, c21);
    x = v128.load_splat<T>(a, 15 * size); c30 = multiplyAdd<T>(x, b0, c30), c31 = multiplyAdd<T>(x, b1, c31);

    a += 16 * size;
    b += 128;
  }
  const row = (ldc as usize) * size;
  putTwo<T>(c, c00, c01, add);
  putTwo<T>(c + row, c10, c11, add);
  putTwo<T>(c + 2 * row, c20, c21, add);
  putTwo<T>(c + 3 * row, c30, c31, add);
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function putTwo<T>(c: usize, left: v128, right: v128, add: bool): void {
  v128.store(c, add ? v128.add<T>(v128.load(c), left) : left);
  v128.store(c, add ? v128.add<T>(v128.load(c, 16), right) : right, 16);
}

/** Writes the part of an edge tile that is inside c. */
function put<T>(from: usize, ldFrom: i32, c: usize, ldc: i32, rows: i32, columns: i32, add: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = c + ((i * ldc + j) as usize) * sizeof<T>();
      const value = load<T>(from + ((i * ldFrom + j) as usize) * sizeof<T>());
      store<T>(at, add ? load<T>(at) + value : value);
    }
  }
}

export function gemmFloat32(
  a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32, c: usize, ldc: i32,
  m0: i32, m1: i32, n0: i32, n1: i32, k: i32, add: bool, scratch: usize,
): void {
  share<f32>(a, aRow, aColumn, b, bRow, bColumn, c, ldc, m0, m1, n0, n1, k, add, scratch);
}

export function gemmFloat64(
  a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32, c: usize, ldc: i32,
  m0: i32, m1: i32, n0: i32, n1: i32, k: i32, add: bool, scratch: usize,
): void {
  share<f64>(a, aRow, aColumn, b, bRow, bColumn, c, ldc, m0, m1, n0, n1, k, add, scratch);
}
