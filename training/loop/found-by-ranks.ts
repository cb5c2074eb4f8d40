import { onlyFinite } from "../debugging/non-finite.ts";
import { gather } from "./from-rank-zero.ts";
import type { Ranks } from "./ranks.ts";

/** How much a rank's search for NaN explains. */
const worth = { nothing: 0, noTargets: 1, onlyFinite: 2, place: 3 } as const;

interface Finding {
  readonly worth: number;
  readonly text: string;
}

/**
 * Where NaN or Infinity began, in words that are the same on every rank: those of the first rank
 * whose search `find` over its own part found a place. `divisor` is that of the part's loss; a part
 * without rows is not searched, and one in which no target counts is only named if all are so. All
 * ranks must call it.
 */
export function foundByRanks(
  ranks: Ranks,
  part: { readonly rows: number; readonly divisor: number | null },
  find: () => string,
): string {
  const all = gather(ranks, JSON.stringify(finding(part, find))).map((text) => JSON.parse(text) as Finding);
  const most = Math.max(...all.map((one) => one.worth));
  const rank = all.findIndex((one) => one.worth === most);
  const text = all[rank]?.text ?? "";
  if (most === worth.place) return `On rank ${rank}, in its part of the batch: ${text}`;
  return most === worth.onlyFinite ? `${text}; or the sum over the ranks overflowed` : text;
}

function finding(
  { rows, divisor }: { readonly rows: number; readonly divisor: number | null },
  find: () => string,
): Finding {
  if (rows === 0) return { worth: worth.nothing, text: "The batch has no rows on any rank" };
  const text = find();
  if (divisor === 0) return { worth: worth.noTargets, text };
  return { worth: text === onlyFinite ? worth.onlyFinite : worth.place, text };
}
