import type { FloatArray, FusedName, View } from "../../engine.ts";
import { type Layout, layoutOf } from "../js/layout.ts";
import { type FlatMemory, pieceLength } from "./flat-memory.ts";

// Their places are the op codes of assembly/rows.ts.
const fusedNames: readonly FusedName[] = ["standardize", "addcmul", "normalize", "addcmul2"];
/** The kernel reads so many operands, whatever f needs. */
const most = 6;

/** Rows that fit into a piece together, or one row's parts: calls `work` with where each begins, its rows and its length. */
function blocks(
  rows: number,
  length: number,
  work: (row: number, from: number, rows: number, length: number) => void,
): void {
  const together = Math.max(1, Math.floor(pieceLength / length));
  for (let row = 0; row < rows; row += together)
    for (let from = 0; from < length; from += pieceLength)
      work(row, from, Math.min(together, rows - row), Math.min(pieceLength, length - from));
}

/** out ← f(operands) for dense ones, and for one row that repeats or one number for each row; false where that is left to js. */
export function fused(memory: FlatMemory, f: FusedName, out: View, operands: readonly View[]): boolean {
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
    const unread = Array.from({ length: most - operands.length }, () => [memory.at(0), 0, 0]).flat();
    const words = memory.putWords([...laid, ...unread]);
    kernels.fused(fusedNames.indexOf(f), count, part, memory.at(0), words);
    memory.take(0, out.data, out.offset + at, count * part);
  });
  return true;
}

/** How many rows a kernel sees, and how long they are. */
function rowsOf({ outer, middle, inner, kinds }: Layout): readonly [rows: number, length: number] {
  if (!kinds.includes("middle")) return [1, outer * middle * inner];
  return inner === 1 ? [outer, middle] : [outer * middle, inner];
}
