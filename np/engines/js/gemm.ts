import type { FloatArray, Matrix } from "../../engine.ts";
import { begin } from "./memory.ts";

/** Rows and columns of c that one call of the inner loop keeps in registers. */
const tileRows = 4;
const tileColumns = 4;
/** Length of k in one block: a packed panel of either side (4 × 256 float64, 8 KiB) stays in the first-level cache. */
const blockDepth = 256;
/** Columns of b packed at once: 256 × 256 float64, 512 KiB, stays in the second-level cache. */
const blockColumns = 256;

let packedA = new Float64Array(0);
let packedB = new Float64Array(0);

/**
 * c ← a · b, or c + a · b, or row + a · b. Blocks of a and b are first copied into panels of 4 rows
 * (columns), zero-padded, so that the inner loop reads both in order, transposed or not. Sums are
 * kept in float64 registers within a block of k.
 * @see Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3),
 * 2008
 */
export function gemm(
  m: number,
  n: number,
  k: number,
  a: Matrix,
  b: Matrix,
  c: FloatArray,
  add: boolean | FloatArray = false,
): void {
  begin(c, add);
  const panelsA = Math.ceil(m / tileRows);
  packedA = grown(packedA, panelsA * tileRows * Math.min(k, blockDepth));
  packedB = grown(packedB, (blockColumns + tileColumns) * Math.min(k, blockDepth));
  for (let k0 = 0; k0 < k; k0 += blockDepth) {
    const depth = Math.min(blockDepth, k - k0);
    pack(packedA, a, a.transposed, 0, m, k0, depth);
    for (let n0 = 0; n0 < n; n0 += blockColumns) {
      const columns = Math.min(blockColumns, n - n0);
      pack(packedB, b, !b.transposed, n0, columns, k0, depth);
      for (let j = 0; j < columns; j += tileColumns) {
        for (let i = 0; i < m; i += tileRows) tile(c, m, n, i, n0 + j, i * depth, j * depth, depth);
      }
    }
  }
}

function grown(scratch: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  return scratch.length >= size ? scratch : new Float64Array(size);
}

/**
 * Copies `count` lines of `depth` elements into panels of 4 interleaved lines. A line is a row of a
 * or a column of b; `across` says that its elements are `ld` apart in memory.
 */
function pack(
  out: Float64Array,
  x: Matrix,
  across: boolean,
  first: number,
  count: number,
  k0: number,
  depth: number,
): void {
  const { data, ld } = x;
  const lineStep = across ? 1 : ld;
  const step = across ? ld : 1;
  let at = 0;
  for (let line = 0; line < count; line += 4) {
    const base = x.offset + (first + line) * lineStep + k0 * step;
    const lines = Math.min(4, count - line);
    if (lines === 4) {
      for (let p = 0, from = base; p < depth; p++, from += step, at += 4) {
        out[at] = data[from] as number;
        out[at + 1] = data[from + lineStep] as number;
        out[at + 2] = data[from + 2 * lineStep] as number;
        out[at + 3] = data[from + 3 * lineStep] as number;
      }
    } else {
      for (let p = 0, from = base; p < depth; p++, from += step, at += 4) {
        for (let l = 0; l < 4; l++) out[at + l] = l < lines ? (data[from + l * lineStep] as number) : 0;
      }
    }
  }
}

/** Adds a 4 × 4 tile of the product to c at (row, column): 16 sums stay in registers while k runs. */
function tile(
  c: FloatArray,
  m: number,
  n: number,
  row: number,
  column: number,
  fromA: number,
  fromB: number,
  depth: number,
): void {
  const [a, b] = [packedA, packedB];
  // biome-ignore format: the tile as it lies
  let c00 = 0, c01 = 0, c02 = 0, c03 = 0,
      c10 = 0, c11 = 0, c12 = 0, c13 = 0,
      c20 = 0, c21 = 0, c22 = 0, c23 = 0,
      c30 = 0, c31 = 0, c32 = 0, c33 = 0;
  // biome-ignore format: the tile as it lies
  for (let p = 0, i = fromA, j = fromB; p < depth; p++, i += 4, j += 4) {
    const a0 = a[i] as number, a1 = a[i + 1] as number, a2 = a[i + 2] as number, a3 = a[i + 3] as number;
    const b0 = b[j] as number, b1 = b[j + 1] as number, b2 = b[j + 2] as number, b3 = b[j + 3] as number;
    c00 += a0 * b0; c01 += a0 * b1; c02 += a0 * b2; c03 += a0 * b3;
    c10 += a1 * b0; c11 += a1 * b1; c12 += a1 * b2; c13 += a1 * b3;
    c20 += a2 * b0; c21 += a2 * b1; c22 += a2 * b2; c23 += a2 * b3;
    c30 += a3 * b0; c31 += a3 * b1; c32 += a3 * b2; c33 += a3 * b3;
  }
  const lines = Math.min(4, m - row);
  for (let line = 0; line < lines; line++) {
    const at = (row + line) * n + column;
    if (line === 0) addFour(c, at, n - column, c00, c01, c02, c03);
    else if (line === 1) addFour(c, at, n - column, c10, c11, c12, c13);
    else if (line === 2) addFour(c, at, n - column, c20, c21, c22, c23);
    else addFour(c, at, n - column, c30, c31, c32, c33);
  }
}

/** Adds one line of a tile, cut at the right edge of c. */
function addFour(
  c: FloatArray,
  at: number,
  room: number,
  x0: number,
  x1: number,
  x2: number,
  x3: number,
): void {
  c[at] = (c[at] as number) + x0;
  if (room > 1) c[at + 1] = (c[at + 1] as number) + x1;
  if (room > 2) c[at + 2] = (c[at + 2] as number) + x2;
  if (room > 3) c[at + 3] = (c[at + 3] as number) + x3;
}
