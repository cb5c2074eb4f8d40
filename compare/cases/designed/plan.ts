import { type AnyContract, contracts } from "../../../contracts/index.ts";
import { type NDArray, type Random, random } from "../../../np/index.ts";
import type { CaseInputs } from "../../subjects/inputs.ts";
import { type BothSides, type Case, drawnTwins, type Twin } from "../case.ts";
import { type Choice, coveringArray, covers, type Pair, pairsOf } from "./covering-array.ts";
import { type Factors, factorsOf, labelOf } from "./levels.ts";

/** The values of one row: those of a choice, with `undefined` for what is left out. */
export type Settings = Readonly<Record<string, unknown>>;

/** The inputs of a row, drawn once. */
export interface Inputs {
  readonly x: NDArray;
  readonly target: NDArray | undefined;
}

/** How to vary the options of one class. */
export interface Plan {
  readonly name: Twin & keyof typeof contracts;
  /** The required arguments by position; default: the optional ones that the contract declares. */
  readonly positional?: (settings: Settings) => readonly unknown[];
  /** Levels of what the declaration cannot draw: arrays, required arguments, and what is no option, such as the kind of target. */
  readonly more?: Factors;
  readonly inputs: (settings: Settings) => CaseInputs;
  /** Whether settings that the contract allows make no sense for these inputs. */
  readonly except?: (settings: Settings) => boolean;
  /** The labels of `more` that a row written by hand has, where its arguments do not say. */
  readonly seen?: (drawn: Inputs) => Readonly<Record<string, string>>;
  /** Changes both sides, such as `redrawn`. */
  readonly sides?: (sides: BothSides) => BothSides;
}

/** Which pairs of options the rows of a class cover. */
export interface PairCoverage {
  readonly name: string;
  readonly covered: number;
  /** Pairs that the contract refuses: `padding same × stride a pair`. */
  readonly impossible: readonly string[];
  readonly missing: readonly string[];
}

const noSecondDerivatives = "the rows written by hand check them";

/** The rows that cover the pairs which the rows written by hand leave open. */
export function rowsOfPlan(plan: Plan, byHand: readonly Case[]): Case[] {
  const { factors, contract } = planned(plan);
  const used = byHand.filter(({ name }) => name === plan.name).flatMap((row) => usedBy(row, plan, factors));
  const pairs = Object.keys(factors).length > 1 ? pairsOf(factors) : singles(factors);
  const open = pairs.filter((pair) => !used.some((choice) => covers(choice, pair)));
  return coveringArray(factors, open, (choice) => isAllowed(plan, contract, choice)).choices.map((choice) =>
    rowOf(plan, contract, choice),
  );
}

/** Which pairs these rows cover, whether drawn or written by hand. */
export function coverageOf(plan: Plan, rows: readonly Case[]): PairCoverage {
  const { factors, contract } = planned(plan);
  const used = rows.filter(({ name }) => name === plan.name).flatMap((row) => usedBy(row, plan, factors));
  const pairs = Object.keys(factors).length > 1 ? pairsOf(factors) : singles(factors);
  const open = pairs.filter((pair) => !used.some((choice) => covers(choice, pair)));
  const { impossible } = coveringArray(factors, open, (choice) => isAllowed(plan, contract, choice));
  const missing = open.filter((pair) => !impossible.includes(pair));
  const titles = (some: readonly Pair[]): string[] => some.map(({ title }) => title);
  return {
    name: plan.name,
    covered: pairs.length - open.length,
    impossible: titles(impossible),
    missing: titles(missing),
  };
}

function planned({ name, more }: Plan): { factors: Factors; contract: AnyContract } {
  const contract: AnyContract = contracts[name];
  return { factors: factorsOf(contract, more), contract };
}

/** The levels of a single factor, in place of pairs. */
function singles(factors: Factors): Pair[] {
  return Object.entries(factors).flatMap(([name, levels]) =>
    levels.map((level) => ({ title: `${name} ${level.label}`, choice: { [name]: level } })),
  );
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
function isAllowed(plan: Plan, contract: AnyContract, choice: Choice): boolean {
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

function rowOf(plan: Plan, contract: AnyContract, choice: Choice): Case {
  const sides = drawnTwins(plan.name, (rng) => argumentsOf(plan, contract, choice, rng));
  return {
    ...(plan.sides?.(sides) ?? sides),
    what: titleOf(choice),
    drawn: "option pairs",
    choice: labelsOf(choice),
    inputs: plan.inputs(settingsOf(choice)),
    witnesses: { noSecondDerivatives },
  };
}

/** `stride 2,1, bias false`: what differs from the defaults. */
function titleOf(choice: Choice): string {
  const named = Object.entries(choice).filter(([, { label }]) => label !== "default");
  const words = named.map(([name, { label, value }]) => {
    if (label === "given") return `${name} given`;
    if (Array.isArray(value)) return `${name} ${value.join(" and ")}`;
    return `${name} ${value === undefined ? label : String(value).replace("-", "−")}`;
  });
  return `options: ${words.join(", ") || "all by default"}`;
}

function labelsOf(choice: Choice): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(choice).map(([name, { label }]) => [name, label]));
}

/** The levels that a row uses: of a drawn one its choice, of one written by hand what its arguments and inputs say. */
function usedBy(row: Case, plan: Plan, factors: Factors): Readonly<Record<string, { label: string }>>[] {
  const labels = row.choice ?? labelsByHand(row, plan, factors);
  return labels ? [Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, { label }]))] : [];
}

function labelsByHand(
  { args, inputs }: Case,
  { name, seen }: Plan,
  factors: Factors,
): Readonly<Record<string, string>> | null {
  if (!args) return null;
  const contract: AnyContract = contracts[name];
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
  const drawn = seen?.({ x: inputs.x(random(0)), target: inputs.target?.(random(0)) });
  return { ...Object.fromEntries(labels), ...drawn };
}
