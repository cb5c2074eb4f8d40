import { random } from "../../../np/index.ts";
import type { Case } from "../case.ts";
import type { Labels } from "./covering-array.ts";
import { type Factors, labelOf } from "./levels.ts";
import { contractOf, type Plan } from "./plan.ts";

/** The levels that a row uses: of a drawn one its choice, of one written by hand what its arguments and inputs say. */
export function usedBy(row: Case, plan: Plan, factors: Factors): Labels[] {
  const labels = row.choice ?? labelsByHand(row, plan, factors);
  return labels ? [Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, { label }]))] : [];
}

function labelsByHand(
  { args, inputs }: Case,
  plan: Plan,
  factors: Factors,
): Readonly<Record<string, string>> | null {
  if (!args) return null;
  const contract = contractOf(plan);
  const positional = Object.keys(contract.positional);
  const given = args(random(0));
  const options = (given[positional.length] ?? {}) as Readonly<Record<string, unknown>>;
  const declared = { ...contract.positional, ...contract.options };
  const labels = Object.keys(factors).flatMap((name): [string, string][] => {
    const argument = declared[name];
    if (!argument) return [];
    const at = positional.indexOf(name);
    return [[name, labelOf(argument, at < 0 ? options[name] : given[at])]];
  });
  const drawn = plan.seen?.({ x: inputs.x(random(0)), target: inputs.target?.(random(0)) });
  return { ...Object.fromEntries(labels), ...drawn };
}
