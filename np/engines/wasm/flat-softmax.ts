import type { TypedArray } from "../../dtype.ts";
import type { FloatArray } from "../../engine.ts";
import { lossOf } from "../js/softmax.ts";
import { blocks, type FlatKernels, type FlatMemory, pieceLength } from "./flat-memory.ts";

/** In a shorter row, the sums would take more room than the row itself. */
const shortest = 4;

/**
 * The kernels for these floats; null if rows are short or longer than a piece, or the dtypes
 * differ.
 */
function kernelsFor(memory: FlatMemory, length: number, x: TypedArray, t: TypedArray): FlatKernels | null {
  const fits = length >= shortest && length <= pieceLength && x.constructor === t.constructor;
  return fits ? memory.kernelsFor(x) : null;
}

/** −Σ t log softmax(x) for each row; false if js must compute it. */
export function softmaxCrossEntropy(
  memory: FlatMemory,
  out: TypedArray,
  x: TypedArray,
  t: TypedArray,
  length: number,
): boolean {
  const kernels = kernelsFor(memory, length, x, t);
  if (!kernels) return false;
  const sums = memory.seenAs(new Float64Array(0));
  const [at, inX, inT, e] = [0, 1, 2, 3].map((area) => memory.at(area)) as [number, number, number, number];
  blocks(out.length, length, ({ row, rows }) => {
    memory.put(1, x, row * length, rows * length);
    memory.put(2, t, row * length, rows * length);
    kernels.lossSums(rows, length, at, inX, inT, e, memory.expTable);
    for (let r = 0, four = at / 8; r < rows; r++, four += 4) {
      const [total, sum, size, weighted] = [sums[four], sums[four + 1], sums[four + 2], sums[four + 3]] as [number, number, number, number]; // biome-ignore format: four sums
      out[row + r] = lossOf(total, sum, size, weighted);
    }
  });
  return true;
}

/** out ← (softmax(x) · Σ t − t) · scale for each row; false if js must compute it. */
export function softmaxMinus(
  memory: FlatMemory,
  out: TypedArray,
  x: TypedArray,
  t: TypedArray,
  scale: TypedArray | number,
  length: number,
): boolean {
  const kernels = kernelsFor(memory, length, x, t);
  if (!kernels || out.constructor !== x.constructor) return false;
  const scales = memory.seenAs(new Float64Array(0)) as FloatArray;
  const [to, inX, inT, e, inScale] = [0, 1, 2, 3, 4].map((area) => memory.at(area)) as [number, number, number, number, number]; // biome-ignore format: five areas
  blocks(out.length / length, length, ({ row, rows }) => {
    memory.put(1, x, row * length, rows * length);
    memory.put(2, t, row * length, rows * length);
    if (typeof scale === "number") scales[inScale / 8] = scale;
    else scales.set(scale.subarray(row, row + rows), inScale / 8);
    const step = typeof scale === "number" ? 0 : 8;
    kernels.minus(rows, length, to, inX, inT, inScale, step, e, memory.expTable);
    memory.take(0, out, row * length, rows * length);
  });
  return true;
}
