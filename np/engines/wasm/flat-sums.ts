import type { TypedArray } from "../../dtype.ts";
import { type FlatKernels, type FlatMemory, pieceLength } from "./flat-memory.ts";
import { rowSums } from "./flat-row-sums.ts";

/**
 * Σ over the middle axis of contiguous float x (outer, length, inner), in the js engine's order;
 * false if js must compute it.
 */
export function sumOf(
  memory: FlatMemory,
  out: TypedArray,
  x: TypedArray,
  outer: number,
  length: number,
  inner: number,
): boolean {
  if (inner === 1) return rowSums(memory, out, x, length);
  const kernels = memory.kernelsFor(x);
  if (!kernels || inner < 16) return false;
  sumColumns(memory, kernels, out, x, outer, length, inner);
  return true;
}

/**
 * Sums columns in blocks that fit into a piece. A block takes as many rows at once as fit; if rows
 * are longer than the block, it takes one at a time.
 */
function sumColumns(
  memory: FlatMemory,
  kernels: FlatKernels,
  out: TypedArray,
  x: TypedArray,
  outer: number,
  length: number,
  inner: number,
): void {
  const most = Math.max(1, Math.floor(pieceLength / inner));
  const sums = memory.seenAs(new Float64Array(0));
  const start = memory.at(0) / 8;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i += pieceLength) {
      const columns = Math.min(pieceLength, inner - i);
      sums.fill(0, start, start + columns);
      for (let l = 0; l < length; l += most) {
        const rows = Math.min(most, length - l);
        memory.put(1, x, (o * length + l) * inner + i, rows * columns);
        kernels.sumColumns(rows, columns, memory.at(0), memory.at(1));
      }
      out.set(sums.subarray(start, start + columns), o * inner + i);
    }
  }
}
