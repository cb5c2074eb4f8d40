import type { AnyArgument, AnyContract } from "../../../contracts/index.ts";
import { NDArray, type Random } from "../../../np/index.ts";

/** Values that a declaration may allow, one of each kind: 0, which programs take for "not given", then large, negative and small. */
const numbers: readonly unknown[] = [0, 2.5, -0.5, 0.3];
const integers: readonly unknown[] = [0, 2, -1];
/** Other along each axis, so that swapped axes show. */
const pairs: readonly unknown[] = [
  [1, 2],
  [2, 1],
];
/** How many values besides the default and null stand for a number. */
const most = 2;

/** One value of an option, and the class of values for which it stands. */
export interface Level {
  readonly label: string;
  /** The value; undefined leaves the option out. A function makes one that must be new each time, such as an array. */
  readonly value: unknown;
}

/** The options of one class that a plan varies, each with its levels; the first level leaves the option out. */
export type Factors = Readonly<Record<string, readonly Level[]>>;

/** The class of values to which a value of an option belongs: `default`, `0`, `1 or more`, `a pair`. */
export function labelOf(argument: AnyArgument, value: unknown): string {
  if (value === undefined || value === argument.default) return "default";
  if (value instanceof NDArray || typeof value === "function") return "given";
  if (Array.isArray(value)) return "a pair";
  if (typeof value !== "number" || argument.choices?.includes(value)) return String(value);
  if (value === 0) return "0";
  if (value < 0) return "below 0";
  return value < 1 ? "between 0 and 1" : "1 or more";
}

/** The levels of an option, drawn from its declaration: the default, every word, true and false, null, and numbers within its range. */
export function levelsOf(name: string, argument: AnyArgument): readonly Level[] {
  const values = valuesOf(argument).filter((value) => argument.refuse(name, value) === null);
  const all = [...(argument.nullable ? [null] : []), ...values];
  const levels = [undefined, ...all].map((value): Level => ({ label: labelOf(argument, value), value }));
  return levels.filter(({ label }, i) => levels.findIndex((one) => one.label === label) === i);
}

function valuesOf(argument: AnyArgument): readonly unknown[] {
  const { type, choices = [] } = argument;
  const fits = (value: unknown): boolean =>
    argument.refuse("", value) === null && labelOf(argument, value) !== "default";
  if (type === "boolean") return [true, false];
  if (type === "number") return [...choices, ...numbers.filter(fits).slice(0, most)];
  if (type === "integer") return [...choices, ...integers.filter(fits).slice(0, most)];
  if (type === "pair") return [...choices, ...pairs.filter(fits).slice(0, 1)];
  return choices;
}

/** Options that no plan varies: generators are given to every row, and float32 has rows of its own. */
const fixed: readonly string[] = ["rng", "dtype"];

/** The levels of every option of a contract; `others` replaces or adds some: arrays, whose shapes no declaration knows, or arguments by position. */
export function factorsOf(contract: AnyContract, others: Factors = {}): Factors {
  const options = Object.entries(contract.options).filter(([name]) => !fixed.includes(name));
  const optional = Object.entries(contract.positional).filter(([, { required }]) => !required);
  const declared = [...optional, ...options].map(
    ([name, argument]) => [name, levelsOf(name, argument)] as const,
  );
  return Object.fromEntries(
    [...declared, ...Object.entries(others)].filter(([, levels]) => levels.length > 1),
  );
}

/** The level of an array that is given or left out. */
export function given(make: (rng: Random) => NDArray): readonly Level[] {
  return [
    { label: "default", value: undefined },
    { label: "given", value: make },
  ];
}
