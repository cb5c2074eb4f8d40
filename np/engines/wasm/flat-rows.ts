import type { FloatArray, FusedName, View } from "../../engine.ts";
import { type Layout, layoutOf } from "../js/layout.ts";
import { blocks, type FlatMemory, pieceLength } from "./flat-memory.ts";

// Their places are the op codes of assembly/rows.ts.
const fusedNames: readonly FusedName[] = ["standardize", "addcmul", "normalize", "addcmul2"];

/** out ← f(operands) for dense ones, and for one row that repeats or one number for each row; false where that is left to js. */
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

/** How many rows a kernel sees, and how long they are. */
function rowsOf({ outer, middle, inner, kinds }: Layout): readonly [rows: number, length: number] {
  if (!kinds.includes("middle")) return [1, outer * middle * inner];
  return inner === 1 ? [outer, middle] : [outer * middle, inner];
}
