import { describe, unknownName } from "../../np/internal.ts";

/** The facts about a job that its defaults depend on. */
export interface JobContext {
  /** The name of the default network for this data. */
  readonly model: string;
  /** Whether items are points in the plane, which need smaller batches, larger steps and more epochs than images. */
  readonly isPlane: boolean;
  /** The chosen optimizer's learning rates. */
  readonly rates: { readonly lr: number; readonly lrInThePlane: number };
}

/** The default of a setting, and its wording in --help. */
export interface Default<T> {
  readonly of: (job: JobContext) => T;
  readonly said: string;
}

/** The numbers that a setting may have. */
export interface NumberRange {
  readonly expected: string;
  readonly fits: (value: number) => boolean;
}

/** One setting of `compare`: its allowed values, its default and its help text. */
export interface Setting<T> {
  /** The allowed values: a range of numbers, a list of names, or a folder. */
  readonly values: NumberRange | readonly string[] | "folder";
  readonly help: string;
  /** Missing if the setting is required, or off unless given. */
  readonly default?: Default<T>;
}

/** 1, 2, 3 … up to the largest of 32 bits with a sign. */
export const counts: NumberRange = {
  expected: "a whole number in 1 … 2147483647",
  fits: (value) => Number.isInteger(value) && value >= 1 && value < 2 ** 31,
};
/** Numbers above 0. */
export const positives: NumberRange = {
  expected: "a number > 0",
  fits: (value) => Number.isFinite(value) && value > 0,
};
/** Unsigned whole numbers of 32 bits. */
export const seeds: NumberRange = {
  expected: "a whole number in 0 … 4294967295",
  fits: (value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32,
};

/** The same default for every job. */
export function always<T extends string | number>(value: T): Default<T> {
  return { of: () => value, said: `default ${value}` };
}

/** One default for images and one for points in the plane. */
export function byData(images: number, plane: number): Default<number> {
  return {
    of: ({ isPlane }) => (isPlane ? plane : images),
    said: `default ${images}, or ${plane} for points in the plane`,
  };
}

/** A default that follows from the rest of the job. */
export function byRule<T>(rule: string, of: (job: JobContext) => T): Default<T> {
  return { of, said: `default: ${rule}` };
}

/** The value as the job uses it, with names in their canonical spelling. @throws RangeError for an invalid value */
export function accepted(name: string, { values }: Setting<unknown>, value: unknown): unknown {
  if (values === "folder") return value;
  if ("fits" in values) {
    if (typeof value === "number" && values.fits(value)) return value;
    throw new RangeError(`compare: ${name} is ${describe(value)}, expected ${values.expected}`);
  }
  const found = values.find(
    (known) => typeof value === "string" && known.toLowerCase() === value.toLowerCase(),
  );
  if (found) return found;
  throw unknownName(name, value, values);
}
