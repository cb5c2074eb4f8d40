import type { TypedArray } from "../../dtype.ts";
import type { FloatArray, TernaryName, View } from "../../engine.ts";
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
  if (length > pieceLength && layout.kinds.includes("middle") && layout.inner === 1) return false;
  const { BYTES_PER_ELEMENT: bytes } = out.data;
  blocks(rows, length, (row, from, count, part) => {
    const at = row * length + from;
    const laid = operands.flatMap((x, i) => {
      const area = i + 1;
      if (layout.kinds[i] === "dense") {
        memory.put(area, x.data, x.offset + at, count * part);
        return [memory.at(area), 16, part * bytes];
      }
      if (layout.inner === 1) {
        memory.put(area, x.data, x.offset, length);
        return [memory.at(area), 16, 0];
      }
      memory.putEach(area, x.data as FloatArray, x.offset, row % layout.middle, count, layout.middle);
      return [memory.at(area), 0, 16];
    });
    const op = ternaryNames.indexOf(f);
    kernels.ternary(op, count, part, memory.at(0), ...(laid as [number, number, number, number, number, number, number, number, number])); // biome-ignore format: one call
    memory.take(0, out.data, out.offset + at, count * part);
  });
  return true;
}

/** How many rows a kernel sees, and how long they are. */
function rowsOf({ outer, middle, inner, kinds }: Layout): readonly [rows: number, length: number] {
  if (!kinds.includes("middle")) return [1, outer * middle * inner];
  return inner === 1 ? [outer, middle] : [outer * middle, inner];
}

/** Of every row Σ x, or with `y` Σ x y, or with `centers` Σ (x − center)²; false where that is left to js. */
export function sumsOf(
  memory: FlatMemory,
  out: TypedArray,
  x: TypedArray,
  { y, centers }: { readonly y?: TypedArray; readonly centers?: TypedArray },
  length: number,
): boolean {
  const kernels = memory.kernelsFor(x);
  const second = y ?? centers ?? x;
  if (!kernels || second.constructor !== x.constructor || length < 16) return false;
  const sums = memory.seenAs(new Float64Array(0));
  const start = memory.at(0) / 8;
  blocks(out.length, length, (row, from, rows, part) => {
    if (from === 0) sums.fill(0, start, start + 4 * rows);
    const at = row * length + from;
    memory.put(1, x, at, rows * part);
    if (y) memory.put(2, y, at, rows * part);
    if (centers) memory.putEach(2, centers as FloatArray, 0, row, rows, out.length);
    const run = y ? kernels.sumProducts : centers ? kernels.sumSquares : kernels.sumRows;
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
