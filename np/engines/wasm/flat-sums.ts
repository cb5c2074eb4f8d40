import type { TypedArray } from "../../dtype.ts";
import { type FlatKernels, type FlatMemory, pieceLength } from "./flat-memory.ts";

/** Σ over the middle axis of contiguous float x (outer, length, inner), in the js engine's order; false where that is left to it. */
export function sumOf(
  memory: FlatMemory,
  out: TypedArray,
  x: TypedArray,
  outer: number,
  length: number,
  inner: number,
): boolean {
  const kernels =
    x instanceof Float32Array ? memory.float32 : x instanceof Float64Array ? memory.float64 : null;
  if (!kernels) return false;
  if (inner === 1 && length >= 16) sumRows(memory, kernels, out, x, outer, length);
  else if (inner >= 16) sumColumns(memory, kernels, out, x, outer, length, inner);
  else return false;
  return true;
}

/** Whole rows at once; of a row that is longer than a piece, piece by piece. */
function sumRows(
  memory: FlatMemory,
  kernels: FlatKernels,
  out: TypedArray,
  x: TypedArray,
  outer: number,
  length: number,
): void {
  const most = Math.max(1, Math.floor(pieceLength / length));
  const sums = memory.seenAs(new Float64Array(0));
  const start = memory.at(0) / 8;
  for (let o = 0; o < outer; o += most) {
    const rows = Math.min(most, outer - o);
    sums.fill(0, start, start + 4 * rows);
    for (let l = 0; l < length; l += pieceLength) {
      const part = Math.min(length - l, pieceLength);
      memory.put(1, x, o * length + l, rows * part);
      kernels.sumRows(rows, part, memory.at(0), memory.at(1));
    }
    for (let r = 0; r < rows; r++) {
      const at = start + 4 * r;
      const [s0, s1, s2, s3] = [sums[at], sums[at + 1], sums[at + 2], sums[at + 3]] as [
        number,
        number,
        number,
        number,
      ];
      out[o + r] = s0 + s1 + (s2 + s3);
    }
  }
}

/** Columns in blocks that a piece holds; of a block as many rows at once as fit, one by one where rows are longer than the block. */
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
