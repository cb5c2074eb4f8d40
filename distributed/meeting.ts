/** What a rank is about to do with the others. */
export type Act = "leave" | "barrier" | "sum of float64" | "sum of float32" | "broadcast";

const acts: readonly Act[] = ["leave", "barrier", "sum of float64", "sum of float32", "broadcast"];

/** The place of the act in a mark, above all amounts. */
const unit = 2 ** 48;

/** One number for an act and its amount; never 0, and exact in float64. */
export function mark(act: Act, amount: number): number {
  return (acts.indexOf(act) + 1) * unit + amount;
}

/**
 * What is wrong with the ranks' marks; null if all are equal. Without this question a rank that
 * has ended would leave the others waiting for ever, and unequal lengths would give nonsense.
 */
export function disagreement(marks: Float64Array): string | null {
  if (marks.every((one) => one === marks[0])) return null;
  const groups = new Map<number, number[]>();
  for (const [rank, one] of marks.entries()) groups.set(one, [...(groups.get(one) ?? []), rank]);
  const parts = [...groups].map(([one, ranks]) => `${counted(ranks)} ${doing(one)}`);
  return `the ranks do not do the same: ${parts.join("; ")}. All ranks must make the same calls, in the same order, with arrays of the same length`;
}

function counted(ranks: readonly number[]): string {
  const shown = ranks.length > 8 ? `${ranks.slice(0, 8).join(", ")}, …` : ranks.join(", ");
  return ranks.length === 1 ? `rank ${shown}` : `ranks ${shown}`;
}

function doing(one: number): string {
  const act = acts[Math.floor(one / unit) - 1];
  const amount = one % unit;
  if (act === "leave") return "ended, or called finish()";
  if (act === "barrier") return "called barrier()";
  return act === "broadcast"
    ? `called broadcast() with ${amount} bytes`
    : `called sum() with ${amount} numbers of ${act?.split(" ")[2]}`;
}
