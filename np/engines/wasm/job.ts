import type { Part } from "../crew/partition.ts";
import type { Kernels } from "./module.ts";

/** A product as it lies in the kernels' memory: addresses in bytes, strides in elements. */
export interface Job {
  readonly float64: boolean;
  readonly a: number;
  readonly aRow: number;
  readonly aColumn: number;
  readonly b: number;
  readonly bRow: number;
  readonly bColumn: number;
  readonly c: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Whether the product is added to what c holds. */
  readonly add: boolean;
}

/** c's rows or its columns are cut, whichever are more, at multiples of a tile's. */
function cutOf({ m, n }: Job): { readonly byRows: boolean; readonly length: number; readonly tile: number } {
  return m > n ? { byRows: true, length: m, tile: 4 } : { byRows: false, length: n, tile: 8 };
}

/** Into how many units a job falls. */
export function unitsOf(job: Job): number {
  const { length, tile } = cutOf(job);
  return Math.ceil(length / tile);
}

/** Multiplies one part, with a thread's own scratch. */
export function multiplyPart(
  kernels: Kernels,
  job: Job,
  { from, to }: Omit<Part, "index">,
  scratch: number,
): void {
  const { a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, add } = job;
  const { byRows, length, tile } = cutOf(job);
  const [first, last] = [from * tile, Math.min(length, to * tile)];
  const run = job.float64 ? kernels.gemmFloat64 : kernels.gemmFloat32;
  if (byRows) run(a, aRow, aColumn, b, bRow, bColumn, c, n, first, last, 0, n, k, add, scratch);
  else run(a, aRow, aColumn, b, bRow, bColumn, c, n, 0, m, first, last, k, add, scratch);
}

/** Writes a job as numbers, from `at` on. */
export function writeJob(to: Float64Array, at: number, job: Job): void {
  const { float64, a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, add } = job;
  const all = [Number(float64), a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, Number(add)];
  for (let i = 0; i < all.length; i++) to[at + i] = all[i] as number;
}

/** What `writeJob` wrote. */
export function readJob(from: Float64Array, at: number): Job {
  const [float64, a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, add] = from.subarray(at, at + 12) as unknown as [
    number, number, number, number, number, number, number, number, number, number, number, number,
  ]; // biome-ignore format: the numbers of a job
  return { float64: float64 === 1, a, aRow, aColumn, b, bRow, bColumn, c, m, n, k, add: add === 1 };
}
