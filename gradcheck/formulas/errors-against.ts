import { type NDArray, sameShape } from "../../np/index.ts";
import type { NumericalGradient } from "../differences/numerical.ts";
import type { Witness } from "../report/report.ts";

/** A witness's values of one quantity, for every element or for chosen ones. */
export type Said = NDArray | Pick<NumericalGradient, "at" | "estimates">;

/**
 * Each witness's largest error relative to the largest element of the 64-digit value: max |w − p| / max |p|, absolute where p is 0
 * throughout. An element where the 64 digits say NaN is passed over; where a witness does, or has another shape, its error is NaN.
 * A witness that says nothing of any element, or the reason why, is left out; so is the 64-digit value itself.
 */
export function errorsAgainst(
  precise: NDArray,
  witnesses: { readonly [W in Witness]?: Said | string | null },
): { [W in Witness]?: number } {
  const exact = precise.flat();
  let largest = 0;
  for (const p of exact) if (!Number.isNaN(p)) largest = Math.max(largest, Math.abs(p));
  const errors: { [W in Witness]?: number } = {};
  for (const [witness, said] of Object.entries(witnesses) as [Witness, Said | string | null][]) {
    if (!said || typeof said === "string" || witness === "precise") continue;
    const differences = [...differencesFrom(precise, exact, said)];
    if (differences.length > 0) errors[witness] = Math.max(...differences) / (largest || 1);
  }
  return errors;
}

function* differencesFrom(precise: NDArray, exact: ArrayLike<number>, said: Said): Generator<number> {
  const sampled = "estimates" in said;
  if (!sampled && !sameShape(said.shape, precise.shape)) return yield Number.NaN;
  const values = sampled ? said.estimates.map(({ value }) => value) : said.flat();
  for (let i = 0; i < values.length; i++) {
    const p = exact[sampled ? (said.at[i] as number) : i] as number;
    if (!Number.isNaN(p)) yield Math.abs((values[i] as number) - p);
  }
}
