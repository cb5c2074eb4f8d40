import type { AnyContract } from "../../../contracts/index.ts";
import type { Random } from "../../../np/index.ts";
import { type Case, drawnTwins } from "../case.ts";
import type { Choice } from "./covering-array.ts";
import { contractOf, type Plan, type Settings } from "./plan.ts";

const noSecondDerivatives = "the rows written by hand check them";

/** The row of a choice. */
export function rowOf(plan: Plan, choice: Choice): Case {
  const sides = drawnTwins(plan.name, (rng) => argumentsOf(plan, contractOf(plan), choice, rng));
  return {
    ...(plan.sides?.(sides) ?? sides),
    what: titleOf(choice),
    drawn: "option pairs",
    choice: Object.fromEntries(Object.entries(choice).map(([name, { label }]) => [name, label])),
    inputs: plan.inputs(settingsOf(choice)),
    witnesses: { noSecondDerivatives },
  };
}

function settingsOf(choice: Choice): Settings {
  return Object.fromEntries(Object.entries(choice).map(([name, { value }]) => [name, value]));
}

/** The arguments of a row's constructor. */
function argumentsOf(
  { positional }: Plan,
  contract: AnyContract,
  choice: Choice,
  rng: Random,
): readonly unknown[] {
  const settings = settingsOf(choice);
  const value = (name: string): unknown => {
    const one = settings[name];
    return typeof one === "function" ? (one as (rng: Random) => unknown)(rng) : one;
  };
  const options = Object.keys(contract.options).flatMap((name): [string, unknown][] => {
    if (name === "rng") return [[name, rng]];
    return settings[name] === undefined ? [] : [[name, value(name)]];
  });
  const first = positional?.(settings) ?? Object.keys(contract.positional).map(value);
  const all = options.length > 0 ? [...first, Object.fromEntries(options)] : first;
  const last = all.findLastIndex((one) => one !== undefined);
  return all.slice(0, last + 1);
}

/** Whether the contract takes these values together, and the plan's inputs fit them. */
export function isAllowed(plan: Plan, choice: Choice): boolean {
  const contract = contractOf(plan);
  const settings = settingsOf(choice);
  if (plan.except?.(settings)) return false;
  const first = plan.positional?.(settings) ?? [];
  const byPosition = Object.keys(contract.positional).map((name, i) => [name, first[i] ?? settings[name]]);
  const given: Settings = { ...settings, ...Object.fromEntries(byPosition) };
  const declared = Object.entries({ ...contract.positional, ...contract.options });
  const values = declared.map(([name, argument]) => [
    name,
    given[name] === undefined ? argument.default : given[name],
  ]);
  const refuse: unknown = Reflect.get(contract, "refuse");
  return typeof refuse !== "function" || refuse(Object.fromEntries(values)) === null;
}

/** `options: stride 2 and 1, bias false`: what differs from the defaults. */
function titleOf(choice: Choice): string {
  const named = Object.entries(choice).filter(([, { label }]) => label !== "default");
  const words = named.map(([name, { label, value }]) => {
    if (label === "given") return `${name} given`;
    if (Array.isArray(value)) return `${name} ${value.join(" and ")}`;
    return `${name} ${value === undefined ? label : String(value).replace("-", "−")}`;
  });
  return `options: ${words.join(", ") || "all by default"}`;
}
