/** Sums and broadcasts on threads; `data` names the case. */
import type { Ranks } from "chalk-and-tape/distributed";

export default function program(ranks: Ranks, data: string): unknown {
  if (data === "throws" && ranks.rank === 1) throw new RangeError("rank 1 fails");
  if (data === "waits" && ranks.rank === 1) return null;
  const long = Float64Array.from({ length: 10_000 }, (_, i) => i * (ranks.rank + 1));
  ranks.sum(long);
  const single = Float32Array.from([ranks.rank === 0 ? 2 ** 24 : 1, ranks.rank + 0.1]).subarray(
    1 - Number(data === "float32"),
  );
  ranks.sum(single);
  const bytes = Uint8Array.from({ length: 100_001 }, (_, i) => i * (ranks.rank + 1));
  ranks.broadcast(bytes.subarray(1));
  ranks.sum(new Float64Array(0));
  if (data === "unequal") ranks.sum(new Float64Array(ranks.rank + 1));
  return {
    rank: ranks.rank,
    long: long.every((x, i) => x === (i * ranks.size * (ranks.size + 1)) / 2),
    single: [...single],
    bytes: bytes.every((x, i) => x === i % 256 || i === 0),
  };
}
