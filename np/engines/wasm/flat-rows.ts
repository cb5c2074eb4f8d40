import type { TypedArray } from "../../dtype.ts";
import type { TernaryName, View } from "../../engine.ts";
import { type Layout, layoutOf } from "../js/layout.ts";
import { type FlatMemory, pieceLength } from "./flat-memory.ts";

// Their places are the op codes of assembly/rows.ts.
const ternaryNames: readonly TernaryName[] = ["standardize", "addcmul"];

/** Rows that fit into a piece together, or one row's parts: calls `work` with where each begins, its rows and its length. */
function blocks(
  rows: number,
  length: number,
  work: (row: number, from: number, rows: number, length: number) => void,
): void {
  const most = Math.max(1, Math.floor(pieceLength / length));
  for (let row = 0; row < rows; row += most)
    for (let from = 0; from < length; from += pieceLength)
      work(row, from, Math.min(most, rows - row), Math.min(pieceLength, length - from));
}

/** out ← f(a, b, c) for dense operands, and for one row that repeats or one number for each row; false where that is left to js. */
export function ternary(memory: FlatMemory, f: TernaryName, out: View, operands: readonly View[]): boolean {
  const kernels = memory.kernelsFor(out.data);
  const layout = layoutOf(out, operands);
  if (!kernels || !layout || operands.some(({ dtype }) => dtype !== out.dtype)) return false;
  const [rows, length] = rowsOf(layout);
  const { middle, inner } = layout;
  if (middle > pieceLength && layout.kinds.includes("middle")) return false;
  const kinds = layout.kinds.map((kind) => (kind === "dense" ? dense : inner === 1 ? repeated : perRow));
  for (const [i, x] of operands.entries())
    if (kinds[i] !== dense) memory.put(i + 1, x.data, x.offset, middle);
  const op = ternaryNames.indexOf(f);
  const [x, y, z] = kinds as [number, number, number];
  blocks(rows, length, (row, from, count, part) => {
    const at = row * length + from;
    for (const [i, { data, offset }] of operands.entries())
      if (kinds[i] === dense) memory.put(i + 1, data, offset + at, count * part);
    kernels.ternary(
      op, count, part, row % middle, middle, memory.scratch, memory.at(0),
      memory.at(1), x, memory.at(2), y, memory.at(3), z,
    ); // biome-ignore format: as declared
    memory.take(0, out.data, out.offset + at, count * part);
  });
  return true;
}
// How an operand lies, in assembly/rows.ts.
const [dense, repeated, perRow] = [0, 1, 2];

/** How many rows a kernel sees, and how long they are. */
function rowsOf({ outer, middle, inner, kinds }: Layout): readonly [rows: number, length: number] {
  if (!kinds.includes("middle")) return [1, outer * middle * inner];
  return inner === 1 ? [outer, middle] : [outer * middle, inner];
}

/** Of every row Σ x y, or with `centers` Σ (x − center)²; false where that is left to js. */
export function sumsOf(
  memory: FlatMemory,
  out: Float64Array,
  x: TypedArray,
  other: { readonly y: TypedArray } | { readonly centers: TypedArray },
  length: number,
): boolean {
  const kernels = memory.kernelsFor(x);
  const second = "y" in other ? other.y : other.centers;
  if (!kernels || second.constructor !== x.constructor || length < 16) return false;
  const sums = memory.seenAs(out);
  const start = memory.at(0) / 8;
  blocks(out.length, length, (row, from, rows, part) => {
    if (from === 0) sums.fill(0, start, start + 4 * rows);
    const at = row * length + from;
    memory.put(1, x, at, rows * part);
    if ("y" in other) memory.put(2, second, at, rows * part);
    else memory.put(2, second, row, rows);
    const run = "y" in other ? kernels.sumProducts : kernels.sumSquares;
    run(rows, part, memory.at(0), memory.at(1), memory.at(2));
    if (from + part < length) return;
    for (let r = 0; r < rows; r++) {
      const four = start + 4 * r;
      const [s0, s1, s2, s3] = [sums[four], sums[four + 1], sums[four + 2], sums[four + 3]] as [number, number, number, number]; // biome-ignore format: four sums
      out[row + r] = s0 + s1 + (s2 + s3);
    }
  });
  return true;
}

/** Zeros with each x added at its index, row by row of contiguous memory; false where that is left to js, as an index that is in no row. */
export function scatterRows(
  memory: FlatMemory,
  out: TypedArray,
  x: TypedArray,
  indices: Int32Array,
  rows: number,
): boolean {
  const kernels = memory.kernelsFor(x);
  const [length, count] = [out.length / rows, x.length / rows];
  const most = Math.floor(pieceLength / Math.max(length, count));
  if (!kernels || most === 0) return false;
  for (let row = 0; row < rows; row += most) {
    const part = Math.min(most, rows - row);
    memory.put(1, x, row * count, part * count);
    memory.put(2, indices, row * count, part * count);
    if (kernels.scatter(part, count, length, memory.at(0), memory.at(1), memory.at(2)) >= 0) return false;
    memory.take(0, out, row * length, part * length);
  }
  return true;
}
