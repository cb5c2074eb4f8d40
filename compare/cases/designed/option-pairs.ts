import type { Case } from "../case.ts";
import { activationPlans } from "./activation-plans.ts";
import { type Choice, coveringArray, covers, type Pair, pairsOf } from "./covering-array.ts";
import { isAllowed, rowOf } from "./drawn-row.ts";
import { layerPlans } from "./layer-plans.ts";
import type { Factors } from "./levels.ts";
import { lossPlans } from "./loss-plans.ts";
import { factorsOfPlan, type Plan } from "./plan.ts";
import { usedBy } from "./used-levels.ts";

/** How the options of each class are varied. */
const plans: readonly Plan[] = [...layerPlans, ...activationPlans, ...lossPlans];

/** Which pairs of options the rows of a class cover. */
export interface PairCoverage {
  readonly name: string;
  readonly covered: number;
  /** Pairs that the contract refuses: `stride a pair × padding same`. */
  readonly refused: readonly string[];
  readonly missing: readonly string[];
}

/** The pairs that no row has, out of all. */
function openPairs(
  plan: Plan,
  factors: Factors,
  rows: readonly Case[],
): { all: number; open: readonly Pair[] } {
  const used = rows.filter(({ name }) => name === plan.name).flatMap((row) => usedBy(row, plan, factors));
  const pairs = pairsOf(factors);
  return { all: pairs.length, open: pairs.filter((pair) => !used.some((labels) => covers(labels, pair))) };
}

/** Rows for every pair of options that the rows written by hand leave open. */
export function optionPairs(byHand: readonly Case[]): Case[] {
  return plans.flatMap((plan) => {
    const factors = factorsOfPlan(plan);
    const { open } = openPairs(plan, factors, byHand);
    const allows = (choice: Choice): boolean => isAllowed(plan, choice);
    return coveringArray(factors, open, allows).choices.map((choice) => rowOf(plan, choice));
  });
}

/** Which pairs of options these rows cover, class by class. */
export function pairCoverage(rows: readonly Case[]): PairCoverage[] {
  return plans.map((plan) => {
    const factors = factorsOfPlan(plan);
    const { all, open } = openPairs(plan, factors, rows);
    const { impossible } = coveringArray(factors, open, (choice) => isAllowed(plan, choice));
    const titles = (some: readonly Pair[]): string[] => some.map(({ title }) => title);
    return {
      name: plan.name,
      covered: all - open.length,
      refused: titles(impossible),
      missing: titles(open.filter((pair) => !impossible.includes(pair))),
    };
  });
}

/** `Pairs of options: 1017 covered, 14 refused`, for the classes with these names; without names, for all. */
export function pairsInWords(rows: readonly Case[], names: readonly string[]): string | null {
  const all = pairCoverage(rows).filter(({ name }) => names.length === 0 || names.includes(name));
  if (all.length === 0) return null;
  const count = (of: (one: PairCoverage) => number): number => all.reduce((sum, one) => sum + of(one), 0);
  const missing = all.flatMap((one) => one.missing.map((pair) => `${one.name} ${pair}`));
  const [covered, refused] = [count((one) => one.covered), count((one) => one.refused.length)];
  const counts = `Pairs of options: ${covered} covered, ${refused} refused by the contracts`;
  return missing.length > 0 ? `${counts}, ${missing.length} missing: ${missing.join("; ")}` : counts;
}
