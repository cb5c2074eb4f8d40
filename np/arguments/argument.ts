import { describe } from "./describe.ts";

/** The kind of a value, as a word for programs. */
export type ArgumentType =
  | "number"
  | "string"
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

/** The range of a number, which must be finite unless `infinity` is allowed. */
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
  /** The range of a number, or of the numbers in a pair or list. */
  readonly bounds?: Bounds;
  /** The words or numbers allowed; with a type other than "choice", they are allowed as well. */
  readonly choices?: readonly (string | number)[];
  /** Whether null is allowed. */
  readonly nullable?: boolean;
  readonly required: boolean;
  /**
   * The value of an option that was not given; undefined if it is made anew each time,
   * as `defaultInWords` says.
   */
  readonly default?: unknown;
  /** What the default means, if the value alone does not say: `kernelSize`, `random()`. */
  readonly defaultInWords?: string;
  /** The error to throw for a wrong value; null when the value fits. */
  readonly refuse: (name: string, value: unknown) => Error | null;
}

/** An argument whose values have type T. */
export interface Argument<T> extends AnyArgument {
  /**
   * Never set. It makes T invariant, so a table takes exactly the values that
   * its constructor's type allows.
   */
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

/** The argument as an option, with a default. */
export function optional<T, D extends T>(argument: Required<T>, initial: D, inWords?: string): Option<T> {
  const words = inWords === undefined ? {} : { defaultInWords: inWords };
  return { ...argument, required: false, default: initial, ...words };
}

/** The argument as an option that stays undefined unless it is given; `inWords` says what happens then. */
export function withoutDefault<T>(argument: Required<T>, inWords?: string): Option<T> {
  const words = inWords === undefined ? {} : { defaultInWords: inWords };
  return { ...argument, required: false, default: undefined, ...words };
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
      if (error)
        error.message = error.message.replace(`expected ${argument.expected}`, `expected ${expected}`);
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

/** The error for a value: a RangeError if its type is right but not its range, else a TypeError. */
export function refusal(rightType: boolean, name: string, value: unknown, expected: string): Error {
  const message =
    value === undefined
      ? `${name} is missing, expected ${expected}`
      : `${name} is ${describe(value)}, expected ${expected}`;
  return rightType ? new RangeError(message) : new TypeError(message);
}
