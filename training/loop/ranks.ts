/**
 * The processes that train one model together, each on its part of every batch. They are counted
 * from 0; rank 0 alone prints and writes files. `distributed()` of `chalk-and-tape/distributed`
 * makes one.
 */
export interface Ranks {
  /** This process, in 0 … size − 1. */
  readonly rank: number;
  /** The number of processes; 1 for one alone. */
  readonly size: number;
  /** Replaces the numbers by their sums over all ranks, which are the same bits on every rank. All ranks must call it. */
  sum(numbers: Float64Array | Float32Array): void;
  /** Replaces the contents by those of rank 0. All ranks must call it, with as many bytes. */
  broadcast(contents: Float64Array | Float32Array | Uint8Array): void;
}

/**
 * The ranks among which a loader divides its batches; null if it gives every process all of them,
 * or if this process is alone.
 */
export function ranksOf(loader: object): Ranks | null {
  const ranks = "ranks" in loader ? (loader.ranks as Ranks | null) : null;
  return ranks && ranks.size > 1 ? ranks : null;
}
