import type { Case } from "../case.ts";
import { activationPlans } from "./activation-plans.ts";
import { layerPlans } from "./layer-plans.ts";
import { lossPlans } from "./loss-plans.ts";
import { coverageOf, type PairCoverage, type Plan, rowsOfPlan } from "./plan.ts";

export type { PairCoverage } from "./plan.ts";

/** How the options of each class are varied. */
const plans: readonly Plan[] = [...layerPlans, ...activationPlans, ...lossPlans];

/** Rows for every pair of options that the rows written by hand leave open. */
export function optionPairs(byHand: readonly Case[]): Case[] {
  return plans.flatMap((plan) => rowsOfPlan(plan, byHand));
}

/** Which pairs of options these rows cover, class by class. */
export function pairCoverage(rows: readonly Case[]): PairCoverage[] {
  return plans.map((plan) => coverageOf(plan, rows));
}

/** `Pairs of options: 1017 covered, 14 refused by the contracts`, for the classes with these names; without names, for all. */
export function pairsInWords(rows: readonly Case[], names: readonly string[]): string | null {
  const all = pairCoverage(rows).filter(({ name }) => names.length === 0 || names.includes(name));
  if (all.length === 0) return null;
  const count = (of: (one: PairCoverage) => number): number => all.reduce((sum, one) => sum + of(one), 0);
  const missing = all.flatMap((one) => one.missing.map((pair) => `${one.name} ${pair}`));
  const covered = `Pairs of options: ${count((one) => one.covered)} covered, ${count((one) => one.impossible.length)} do not go together`;
  return missing.length > 0 ? `${covered}, ${missing.length} missing: ${missing.join("; ")}` : covered;
}
