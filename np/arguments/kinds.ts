import type { DType } from "../dtype.ts";
import {
  type Argument,
  type ArgumentType,
  type Bounds,
  type Option,
  optional,
  type Required,
  refusal,
} from "./argument.ts";

/**
 * An argument whose values pass `is`, which checks the type, and `fits`, which checks the range.
 */
export function argument<T>(
  type: ArgumentType,
  expected: string,
  is: (value: unknown) => boolean,
  fits: (value: T) => boolean = () => true,
  more: Pick<Argument<T>, "bounds" | "choices" | "nullable"> = {},
): Required<T> {
  return {
    type,
    expected,
    required: true,
    ...more,
    refuse: (name, value) => {
      const rightType = is(value);
      return rightType && fits(value as T) ? null : refusal(rightType, name, value, expected);
    },
  };
}

const isNumber = (x: unknown): boolean => typeof x === "number";
const isString = (x: unknown): boolean => typeof x === "string";

export function within(x: number, { least, above, most, below, infinity = false }: Bounds): boolean {
  return (
    (least === undefined || x >= least) &&
    (above === undefined || x > above) &&
    (most === undefined || x <= most) &&
    (below === undefined || x < below) &&
    (infinity ? !Number.isNaN(x) : Number.isFinite(x))
  );
}

/** `a number >= 0`, `a whole number in 1 … 5`, `a finite number`. */
export function inWords(what: "number" | "whole number", bounds: Bounds): string {
  const { least, above, most, below, infinity } = bounds;
  const low = least ?? above;
  const high = most ?? below;
  if (low !== undefined && high !== undefined) {
    const closed = least !== undefined && most !== undefined;
    const range = closed
      ? `${low} … ${high}`
      : `${least === undefined ? "(" : "["}${low}, ${high}${most === undefined ? ")" : "]"}`;
    return `a ${what} in ${range}`;
  }
  if (low !== undefined) return `a ${what} ${least === undefined ? ">" : ">="} ${low}`;
  if (high !== undefined) return `a ${what} ${most === undefined ? "<" : "<="} ${high}`;
  return what === "number" && !infinity ? "a finite number" : `a ${what}`;
}

/** A number in a range; `remark` is added to what is expected. */
export function number(bounds: Bounds = {}, remark: string = ""): Required<number> {
  const expected = inWords("number", bounds) + remark;
  const finite = expected.replace(/^a number/, "a finite number");
  return {
    type: "number",
    expected,
    bounds,
    required: true,
    refuse: (name, value) => {
      if (typeof value !== "number") return refusal(false, name, value, expected);
      const isInfinite = Math.abs(value) === Number.POSITIVE_INFINITY;
      return within(value, bounds) ? null : refusal(true, name, value, isInfinite ? finite : expected);
    },
  };
}

/** A whole number in a range. */
export function integer(bounds: Bounds = {}, remark: string = ""): Required<number> {
  const expected = inWords("whole number", bounds) + remark;
  const fits = (x: number): boolean => Number.isInteger(x) && within(x, bounds);
  return argument("integer", expected, isNumber, fits, { bounds });
}

/** The size of something: a whole number >= 1. */
export function count(): Required<number> {
  return integer({ least: 1 });
}

export const boolean: Required<boolean> = argument("boolean", "true or false", (x) => typeof x === "boolean");

/** One of a few words or numbers. */
export function oneOf<const W extends string | number>(...choices: readonly W[]): Required<W> {
  const isWord = typeof choices[0] === "string";
  const expected = isWord ? `one of ${choices.join(", ")}` : choices.join(" or ");
  const known: readonly unknown[] = choices;
  return argument(
    "choice",
    expected,
    (x) => typeof x === typeof choices[0],
    (x) => known.includes(x),
    { choices },
  );
}

/** A list of whole numbers in a range, as many as `length` allows; `expected` says both in words. */
export function listOf<T extends readonly number[]>(
  expected: string,
  bounds: Bounds,
  length: Bounds,
): Required<T> {
  const fits = (x: number): boolean => Number.isInteger(x) && within(x, bounds);
  return {
    type: "list",
    expected,
    bounds,
    required: true,
    refuse(name, value) {
      if (!Array.isArray(value) || !value.every(isNumber)) return refusal(false, name, value, expected);
      if (!within(value.length, length)) return refusal(true, name, value, expected);
      const wrong = value.findIndex((x) => !fits(x));
      return wrong < 0
        ? null
        : refusal(true, `${name}[${wrong}]`, value[wrong], inWords("whole number", bounds));
    },
  };
}

/** The dtype of a layer's parameters or of a batch: only floats have gradients. */
export function floatType<D extends DType = DType>(): Option<D> {
  const choices = ["float64", "float32"];
  const fits = (name: D): boolean => choices.includes(name);
  return optional(argument<D>("dtype", "float64 or float32", isString, fits, { choices }), "float64" as D);
}

/** true or false. */
export function flag(initial: boolean): Option<boolean> {
  return optional(boolean, initial);
}

/** A number >= 0. */
export function atLeastZero(initial: number): Option<number> {
  return optional(number({ least: 0 }), initial);
}

/** A share in 0 … 1, both included. */
export function share(initial: number): Option<number> {
  return optional(number({ least: 0, most: 1 }), initial);
}

/** Any finite number. */
export function finite(initial: number): Option<number> {
  return optional(number(), initial);
}
