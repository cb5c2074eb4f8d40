import { describe } from "./describe.ts";

/** What a value is, as a word for programs. */
export type ArgumentType =
  | "number"
  | "integer"
  | "boolean"
  | "choice"
  | "pair"
  | "list"
  | "array"
  | "dtype"
  | "rng"
  | "layer"
  | "parameters"
  | "function"
  | "object";

/** The range of a number. It is finite, unless `infinity` is allowed. */
export interface Bounds {
  /** The smallest value allowed. */
  readonly least?: number;
  /** Every value allowed is larger. */
  readonly above?: number;
  /** The largest value allowed. */
  readonly most?: number;
  /** Every value allowed is smaller. */
  readonly below?: number;
  readonly infinity?: boolean;
}

/** One argument or option of a constructor or function, as data. */
export interface AnyArgument {
  readonly type: ArgumentType;
  /** The values allowed, in words that follow "expected": `a whole number >= 1`. */
  readonly expected: string;
  /** Of a number, and of the numbers of a pair or list. */
  readonly bounds?: Bounds;
  /** The words or numbers allowed; with another type than "choice" they are allowed beside it. */
  readonly choices?: readonly (string | number)[];
  /** Whether null is allowed. */
  readonly nullable?: boolean;
  readonly required: boolean;
  /** The value of an option that was not given; undefined where it is made afresh, as `defaultInWords` says. */
  readonly default?: unknown;
  /** What the default means, where the value alone does not say: `kernelSize`, `a fresh random()`. */
  readonly defaultInWords?: string;
  /** What is wrong with a value, as an error to throw; null when it fits. */
  readonly refuse: (name: string, value: unknown) => Error | null;
}

/** An argument whose values have type T. */
export interface Argument<T> extends AnyArgument {
  /** Never there: it ties T both ways, so that a table takes exactly the values that its constructor's type allows. */
  readonly values?: (value: T) => T;
}

export interface Required<T> extends Argument<T> {
  readonly required: true;
}

export interface Option<T> extends Argument<T> {
  readonly required: false;
  readonly default: T | undefined;
  /** Makes a default that must be new each time. */
  readonly make?: () => T;
}

/** The argument, no longer required. */
export function optional<T, D extends T>(argument: Required<T>, initial: D, inWords?: string): Option<T> {
  const words = inWords === undefined ? {} : { defaultInWords: inWords };
  return { ...argument, required: false, default: initial, ...words };
}

/** The argument, with null allowed too; `meaning` says what null stands for. */
export function orNull<T>(argument: Required<T>, meaning?: string): Required<T | null> {
  const { type, bounds, choices } = argument;
  const expected = `${argument.expected}, or null${meaning ? `: ${meaning}` : ""}`;
  return {
    type,
    ...(bounds && { bounds }),
    ...(choices && { choices }),
    expected,
    nullable: true,
    required: true,
    refuse(name, value) {
      const error = value === null ? null : argument.refuse(name, value);
      if (error) error.message = error.message.replace(argument.expected, expected);
      return error;
    },
  };
}

/** The argument, with a few words allowed instead of a value. */
export function orWord<T, const W extends string>(
  argument: Required<T>,
  ...words: readonly W[]
): Required<T | W> {
  const { type, bounds } = argument;
  const known: readonly unknown[] = words;
  const expected = `${words.map((word) => `"${word}"`).join(", ")}, or ${argument.expected}`;
  return {
    type,
    ...(bounds && { bounds }),
    choices: words,
    expected,
    required: true,
    refuse(name, value) {
      if (known.includes(value)) return null;
      const error = argument.refuse(name, value);
      const rightType = typeof value === "string" || error instanceof RangeError;
      return error && refusal(rightType, name, value, expected);
    },
  };
}

/** The error for a value of the right type but outside the range, or else of the wrong type. */
export function refusal(rightType: boolean, name: string, value: unknown, expected: string): Error {
  const message =
    value === undefined
      ? `${name} is missing, expected ${expected}`
      : `${name} is ${describe(value)}, expected ${expected}`;
  return rightType ? new RangeError(message) : new TypeError(message);
}
