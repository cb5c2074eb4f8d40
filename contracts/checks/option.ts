import { nearestName } from "../../np/internal.ts";

/** One number, pair or switch of an optimizer: its default, and what is wrong with another value. */
export interface Option<T> {
  readonly default: T;
  /** What is wrong with `value`, as an error to throw; null when it fits. */
  readonly refuse: (name: string, value: unknown) => Error | null;
}

/** An option for every field of a group. */
export type OptionTable<G> = { readonly [K in keyof G]-?: Option<G[K]> };
/** What the constructor takes: any of a group's numbers, the rest by default. */
export type Options<G> = { readonly [K in keyof G]?: G[K] | undefined };

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return `a ${value.constructor?.name}`;
  return JSON.stringify(value) ?? String(value);
}

/** A number that `fits`; `expected` says in words which do. */
export function ranged(initial: number, expected: string, fits: (x: number) => boolean): Option<number> {
  return { default: initial, refuse: (name, value) => refuseNumber(name, value, expected, fits) };
}

function refuseNumber(
  name: string,
  value: unknown,
  expected: string,
  fits: (x: number) => boolean,
): Error | null {
  if (typeof value !== "number") return new TypeError(`${name} is ${shown(value)}, expected ${expected}`);
  return fits(value) ? null : new RangeError(`${name} is ${value}, expected ${expected}`);
}

/** A number ≥ 0. */
export function atLeastZero(initial: number): Option<number> {
  return ranged(initial, "a number >= 0", (x) => x >= 0);
}

/** A share in 0 … 1, both included. */
export function share(initial: number): Option<number> {
  return ranged(initial, "a number in 0 … 1", (x) => x >= 0 && x <= 1);
}

/** Any finite number. */
export function finite(initial: number): Option<number> {
  return ranged(initial, "a finite number", Number.isFinite);
}

/** true or false. */
export function flag(initial: boolean): Option<boolean> {
  const refuse = (name: string, value: unknown): Error | null =>
    typeof value === "boolean" ? null : new TypeError(`${name} is ${shown(value)}, expected true or false`);
  return { default: initial, refuse };
}

export type Pair = readonly [number, number];

/** Two numbers; `fits` judges both of a pair of numbers, and says in words what it expects. */
export function pair(initial: Pair, refuse: (name: string, value: Pair) => Error | null): Option<Pair> {
  return {
    default: initial,
    refuse(name, value) {
      const isPair = Array.isArray(value) && value.length === 2 && value.every((x) => typeof x === "number");
      return isPair
        ? refuse(name, value as unknown as Pair)
        : new TypeError(`${name} is ${shown(value)}, expected a pair of numbers`);
    },
  };
}

/** The decay of two averages, each in [0, 1). */
export function betaPair(initial: Pair): Option<Pair> {
  return pair(initial, (name, betas) => {
    const wrong = betas.findIndex((beta) => !(beta >= 0 && beta < 1));
    return wrong < 0 ? null : new RangeError(`${name}[${wrong}] is ${betas[wrong]}, expected 0 <= beta < 1`);
  });
}

/** @throws TypeError for options that are no object, as the bare learning rate that PyTorch takes: it would be left out silently */
export function expectOptions(where: string, given: unknown, example: string): void {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return;
  throw new TypeError(`${where}: the options are ${shown(given)}, expected an object: ${example}`);
}

/** All values of a table, those given and the defaults of the rest. @throws for an unknown name, which is told the nearest known one */
export function settle<G extends object>(where: string, table: OptionTable<G>, given: object): G {
  const known = Object.keys(table);
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(table, name)) continue;
    const near = nearestName(name, known);
    const hint = near ? `. Did you mean "${near}"?` : "";
    throw new TypeError(`${where}: unknown option "${name}"; expected some of ${known.join(", ")}${hint}`);
  }
  const values = Object.entries<Option<unknown>>(table).map(([name, option]): [string, unknown] => {
    const value = (given as Record<string, unknown>)[name] ?? option.default;
    const refusal = option.refuse(name, value);
    if (!refusal) return [name, value];
    refusal.message = `${where}: ${refusal.message}`;
    throw refusal;
  });
  return Object.fromEntries(values) as G;
}
