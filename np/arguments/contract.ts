import type { AnyArgument, Argument, Option, Required } from "./argument.ts";
import { describe } from "./describe.ts";
import { didYouMean } from "./did-you-mean.ts";

/** No arguments by position, or no options. */
export type None = Record<never, never>;

/**
 * Every argument that is passed by position, in order: required if P always has it, else optional.
 */
export type Positional<P> = {
  readonly [K in keyof P]-?: object extends Pick<P, K> ? Option<Exclude<P[K], undefined>> : Required<P[K]>;
};

/** An option for every field of O. */
export type OptionTable<O> = { readonly [K in keyof O]-?: Option<Exclude<O[K], undefined>> };

/** The options that a constructor takes: any fields of G, the others by default. */
export type Options<G> = { readonly [K in keyof G]?: G[K] | undefined };

/** All values, given or by default. */
export type Settled<P, O> = { readonly [K in keyof P]-?: Exclude<P[K], undefined> } & {
  readonly [K in keyof O]-?: Exclude<O[K], undefined>;
};

/**
 * The arguments of a class or function, declared once: arguments by position, in order,
 * then options by name.
 */
export interface Contract<P extends object, O extends object> {
  /** The exported name: `Linear`. */
  readonly name: string;
  readonly positional: Positional<P>;
  readonly options: OptionTable<O>;
  /** Whether the last argument by position is the list of all that follow. */
  readonly rest?: boolean;
  /** The problem with values that are each right but do not go together; null if there is none. */
  readonly refuse?: (values: Settled<P, O>) => string | null;
}

/** A contract as data, for programs that read all of them. */
export interface AnyContract {
  readonly name: string;
  readonly rest?: boolean;
  readonly positional: Readonly<Record<string, AnyArgument>>;
  readonly options: Readonly<Record<string, AnyArgument>>;
}

/**
 * All values of a contract: those given, and the defaults of the others.
 * @throws TypeError for an unknown option, which names the nearest known one, and for a value of the wrong type; RangeError for a
 * value outside its range, and for values that do not go together
 */
export function settle<P extends object, O extends object>(
  contract: Contract<P, O>,
  given: P,
  options: O,
): Settled<P, O> {
  const { name: where, positional, refuse } = contract;
  const table: Readonly<Record<string, AnyArgument>> = positional;
  const values = { ...given } as Record<string, unknown>;
  for (const [name, argument] of Object.entries(table)) {
    if (!argument.required && values[name] === undefined) continue;
    const error = argument.refuse(name, values[name]);
    if (error) throw prefixed(where, error, positionalRemedy(contract, name, values[name]));
  }
  const first = withDefaults(positional, values);
  const settled = { ...first, ...settleOptions(where, contract, options) } as Settled<P, O>;
  const problem = refuse?.(settled);
  if (problem) throw new RangeError(`${where}: ${problem}`);
  return settled;
}

/**
 * The options of a contract alone, those given and the defaults of the others.
 * @throws TypeError for an unknown option and for a value of the wrong type, RangeError for one outside its range
 */
export function settleOptions<O extends object>(
  where: string,
  contract: AnyContract & { readonly options: OptionTable<O> },
  given: unknown,
): Settled<None, O> {
  const table: Readonly<Record<string, AnyArgument>> = contract.options;
  expectOptions(where, table, given);
  const known = Object.keys(table);
  for (const [name, value] of Object.entries(given)) {
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!option) throw unknownOption(where, contract, name, known);
    if (value === undefined) continue;
    const error = option.refuse(name, value);
    if (error) throw prefixed(where, error);
  }
  return withDefaults(contract.options, given) as Settled<None, O>;
}

/**
 * @throws TypeError for options that are not an object, such as the bare learning rate
 * that PyTorch takes
 */
export function expectOptions(
  where: string,
  table: Readonly<Record<string, AnyArgument>>,
  given: unknown,
): asserts given is Readonly<Record<string, unknown>> {
  if (isPlainObject(given)) return;
  const accepts = Object.keys(table).find((name) => table[name]?.refuse(name, given) === null);
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  if (isObject && accepts === undefined) return;
  const example = accepts ? `{ ${accepts}: ${describe(given)} }` : `{ ${Object.keys(table).join(", ")} }`;
  const shown = isObject ? `{ ${accepts} }` : example;
  throw new TypeError(`${where}: the options are ${describe(given)}, expected an object: ${shown}`);
}

/**
 * Checks one argument of a function without a contract.
 * @throws TypeError for a value of the wrong type, RangeError for one outside its range
 */
export function expectArgument<T>(
  where: string,
  name: string,
  argument: Argument<T>,
  value: unknown,
): asserts value is T {
  const error = argument.refuse(name, value);
  if (error) throw prefixed(where, error);
}

/**
 * How the class or function is called:
 * `new Conv2d(inChannels, outChannels, kernelSize, { stride, … })`.
 */
export function signature({ name, positional, options }: AnyContract, first?: string): string {
  const names = Object.keys(positional);
  const shown = first === undefined ? names : [first, ...names.slice(1)];
  const all = Object.keys(options);
  const some = all.length > 3 ? `${all.slice(0, 3).join(", ")}, …` : all.join(", ");
  const called = /^[A-Z]/.test(name) ? `new ${name}` : name;
  return `${called}(${[...shown, ...(all.length > 0 && first === undefined ? [`{ ${some} }`] : [])].join(", ")})`;
}

function isPlainObject(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype;
}

function unknownOption(
  where: string,
  contract: AnyContract,
  name: string,
  known: readonly string[],
): TypeError {
  if (Object.hasOwn(contract.positional, name))
    return new TypeError(`${where}: ${name} is not an option; pass it by position: ${signature(contract)}`);
  const expected = known.length > 0 ? `expected ${known.join(", ")}` : `${contract.name} has no options`;
  return new TypeError(`${where}: unknown option "${name}"; ${expected}${didYouMean(name, known)}`);
}

/** How to pass an argument that was left out, or that was given as an object of options. */
function positionalRemedy(contract: AnyContract, name: string, value: unknown): string {
  if (value === undefined) return `; write ${signature(contract)}`;
  if (!isPlainObject(value)) return "";
  const inner = value[name];
  const isFirst = Object.keys(contract.positional)[0] === name;
  return `; write ${signature(contract, isFirst && inner !== undefined ? describe(inner) : undefined)}`;
}

/** Lists are copied, so that changing them later changes neither the caller's nor the default. */
function withDefaults(
  table: Readonly<Record<string, AnyArgument & { readonly make?: () => unknown }>>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values = Object.entries(table).map(([name, argument]): [string, unknown] => {
    const value =
      given[name] !== undefined ? given[name] : argument.make ? argument.make() : argument.default;
    return [name, Array.isArray(value) ? [...value] : value];
  });
  return Object.fromEntries(values);
}

function prefixed(where: string, error: Error, remedy: string = ""): Error {
  error.message = `${where}: ${error.message}${remedy}`;
  return error;
}
