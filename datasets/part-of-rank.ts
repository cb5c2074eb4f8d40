/** One of several processes that train on the same data: `distributed()` of `chalk-and-tape/distributed` gives it. */
export interface LoaderRanks {
  /** This process, in 0 … size − 1. */
  readonly rank: number;
  /** The number of processes. */
  readonly size: number;
}

/**
 * The part of a batch of n rows that rank r of R gets: rows ⌊r·n / R⌋ to ⌊(r + 1)·n / R⌋ − 1. The
 * parts differ by at most one row; with n < R some ranks get none.
 */
export function partOfRank<
  Rows extends { readonly length: number; subarray(from: number, to: number): Rows },
>(rows: Rows, ranks: LoaderRanks | null): Rows {
  if (ranks === null) return rows;
  const cut = (rank: number): number => Math.floor((rank * rows.length) / ranks.size);
  return rows.subarray(cut(ranks.rank), cut(ranks.rank + 1));
}
