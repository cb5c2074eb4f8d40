import type { Checkpoint } from "./checkpoint.ts";
import { fromRankZero } from "./from-rank-zero.ts";
import type { Ranks } from "./ranks.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot.ts";

/** What a checkpoint's file holds: only rank 0 reads it, and what fails there fails on all. All ranks must call it. */
export async function loadForAll(ranks: Ranks | null, checkpoint: Checkpoint): Promise<object | null> {
  if (!ranks) return checkpoint.load();
  const bytes = await fromRankZero(ranks, async () => {
    const saved = await checkpoint.load();
    return saved && encodeSnapshot(saved);
  });
  return bytes && decodeSnapshot(bytes);
}

/** Writes the state of rank 0; the other ranks wait, and fail if it fails. All ranks must call it. */
export async function saveForAll(
  ranks: Ranks | null,
  checkpoint: Checkpoint,
  state: () => object,
): Promise<void> {
  if (!ranks) return checkpoint.save(state());
  await fromRankZero(ranks, async () => {
    await checkpoint.save(state());
    return null;
  });
}
