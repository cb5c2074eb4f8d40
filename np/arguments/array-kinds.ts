import { NDArray } from "../ndarray.ts";
import { Operators } from "../operators.ts";
import { Random, random } from "../random.ts";
import type { Option, Required } from "./argument.ts";
import { refusal } from "./argument.ts";
import { argument } from "./kinds.ts";

const listRemedy = "np.array(list) makes one from a list";

function remedy(value: unknown): string {
  if (Array.isArray(value)) return `; ${listRemedy}`;
  return value instanceof Operators ? "; x.data is the array of a tensor x" : "";
}

/** An array of any shape. */
export const ndarray: Required<NDArray> = {
  type: "array",
  expected: "an NDArray",
  required: true,
  refuse: (name, value) =>
    value instanceof NDArray ? null : refusal(false, name, value, `an NDArray${remedy(value)}`),
};

/** A stream of random numbers. */
export const stream: Required<Random> = argument(
  "rng",
  "a stream such as random(1)",
  (x) => x instanceof Random,
);

/** The shape of an array: a list of whole numbers >= 0. */
export const shape: Required<readonly number[]> = argument<readonly number[]>(
  "list",
  "a list of whole numbers >= 0, such as [2, 3]",
  (x) => Array.isArray(x) && x.every((n) => typeof n === "number"),
  (x) => x.every((n) => Number.isInteger(n) && n >= 0),
);

/**
 * Where random numbers come from. A stream without a seed is counted, so it is made only if none
 * was given.
 */
export const rng: Option<Random> = {
  ...stream,
  required: false,
  default: undefined,
  make: () => random(),
  defaultInWords: "`random()`, a stream of the program's seed",
};
