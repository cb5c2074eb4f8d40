import type { TypedArray } from "../../dtype.ts";
import type { UnaryName, View } from "../../engine.ts";
import { layoutOf } from "../js/layout.ts";
import { blocks, type FlatMemory, pieceLength, pieces } from "./flat-memory.ts";

// The op codes of assembly/exp.ts, in order.
const unaryNames: readonly UnaryName[] = ["exp", "sigmoid"];

/** out ← f(x) for dense x of out's dtype; false if js must compute it. */
export function unary(memory: FlatMemory, f: UnaryName, out: View, x: View): boolean {
  const kernels = memory.kernelsFor(out.data);
  const op = unaryNames.indexOf(f);
  if (op < 0 || !kernels || out.dtype !== x.dtype || layoutOf(out, [x])?.kinds[0] !== "dense") return false;
  pieces(out.size, (at, n) => {
    memory.put(1, x.data, x.offset + at, n);
    kernels.unary(op, n, memory.at(0), memory.at(1), memory.expTable);
    memory.take(0, out.data, out.offset + at, n);
  });
  return true;
}

/**
 * m + log Σ e^(x − m), with m = max x, for each row of contiguous float x; rows are `length` long.
 * False if js must compute it.
 */
export function logsumexpRows(memory: FlatMemory, out: TypedArray, x: TypedArray, length: number): boolean {
  const kernels = memory.kernelsFor(x);
  if (!kernels || length > pieceLength || length < 2) return false;
  const numbers = memory.seenAs(new Float64Array(0));
  const start = memory.at(0) / 8;
  blocks(out.length, length, ({ row, rows, visit }) =>
    visit((at) => {
      memory.put(1, x, at, rows * length);
      kernels.sumExp(rows, length, memory.at(0), memory.at(1), memory.expTable);
      for (let r = 0; r < rows; r++) {
        const [m, total] = [numbers[start + 2 * r] as number, numbers[start + 2 * r + 1] as number];
        out[row + r] = Math.log(total) + m;
      }
    }),
  );
  return true;
}
