import type { FloatArray, FusedName, View } from "../../engine.ts";
import { type Layout, layoutOf } from "../js/layout.ts";
import { blocks, type FlatMemory, pieceLength } from "./flat-memory.ts";

// The op codes of assembly/rows.ts, in order.
const fusedNames: readonly FusedName[] = ["standardize", "addcmul", "normalize", "addcmul2"];

/**
 * out ← f(operands). Each operand is dense, one row that repeats, or one number per row. False if
 * js must compute it.
 */
export function fused(memory: FlatMemory, f: FusedName, out: View, operands: readonly View[]): boolean {
  const kernels = memory.kernelsFor(out.data);
  const layout = layoutOf(out, operands);
  if (!kernels || !layout || operands.some(({ dtype }) => dtype !== out.dtype)) return false;
  const [rows, length] = rowsOf(layout);
  if (length > pieceLength && layout.kinds.includes("middle") && layout.inner === 1) return false;
  const { BYTES_PER_ELEMENT: bytes } = out.data;
  const op = fusedNames.indexOf(f);
  blocks(rows, length, ({ row, rows: count, visit }) =>
    visit((at, part) => {
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
      kernels.fused(op, count, part, memory.at(0), memory.putWords(laid));
      memory.take(0, out.data, out.offset + at, count * part);
    }),
  );
  return true;
}

/** The number of rows that a kernel processes, and their length. */
function rowsOf({ outer, middle, inner, kinds }: Layout): readonly [rows: number, length: number] {
  if (!kinds.includes("middle")) return [1, outer * middle * inner];
  return inner === 1 ? [outer, middle] : [outer * middle, inner];
}
