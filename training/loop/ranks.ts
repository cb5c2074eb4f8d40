import type { NDArray } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";

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
 * @throws TypeError for ranks that cannot exchange anything
 */
export function ranksOf(loader: object): Ranks | null {
  const ranks = "ranks" in loader ? (loader.ranks as Partial<Ranks> | null) : null;
  if (!ranks || !((ranks.size ?? 1) > 1)) return null;
  if (typeof ranks.sum === "function" && typeof ranks.broadcast === "function") return ranks as Ranks;
  throw new TypeError(
    `the loader's ranks are ${describe(ranks)}, which can divide batches but not exchange gradients; build it with ranks: distributed()`,
  );
}

/** The batches of a loader; if it is divided, only those in which this rank has rows. */
export async function* batchesWithRows<B extends { readonly y: NDArray }>(
  loader: AsyncIterable<B>,
): AsyncGenerator<B, void, undefined> {
  const isDivided = ranksOf(loader) !== null;
  for await (const batch of loader) if (!isDivided || rowsOf(batch) > 0) yield batch;
}

/** The number of rows of a batch, or of this rank's part of it. */
export function rowsOf({ y }: { readonly y: NDArray }): number {
  return y.shape[0] ?? 1;
}

/** Where a run's warnings go: of several ranks only rank 0 warns, about its part. */
export function warnOf(
  loader: object,
  warn: ((message: string) => void) | undefined,
): ((message: string) => void) | undefined {
  return (ranksOf(loader)?.rank ?? 0) > 0 ? () => {} : warn;
}
