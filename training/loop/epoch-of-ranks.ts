import { type DeadUnits, deadOnAll } from "../debugging/dead-units.ts";
import { gather } from "./from-rank-zero.ts";
import type { EpochReport } from "./history.ts";
import type { Ranks } from "./ranks.ts";

/**
 * The report of rank 0 on every rank: where each evaluates all data by itself, the last bits may
 * differ, and times do. All ranks must call it.
 */
export function reportOfRankZero(ranks: Ranks | null, own: EpochReport): EpochReport {
  if (!ranks) return own;
  const entries = Object.entries(own) as [string, number | null][];
  const numbers = Float64Array.from(entries, ([, value]) => value ?? 0);
  ranks.broadcast(numbers);
  const shared = entries.map(([name, value], i) => [name, value === null ? null : numbers[i]]);
  return Object.fromEntries(shared) as EpochReport;
}

/** Makes the report of all ranks from that of each, for `Watch.endEpoch`. All ranks must call what it returns. */
export function deadOn(
  ranks: Ranks | null,
): ((own: readonly DeadUnits[]) => readonly DeadUnits[]) | undefined {
  if (!ranks) return undefined;
  return (own) => deadOnAll(gather(ranks, JSON.stringify(own)).map((text) => JSON.parse(text)));
}
