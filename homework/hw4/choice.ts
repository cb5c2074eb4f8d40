import { array, type NDArray } from "../../np/index.ts";
import { describePlainly } from "../protocol/describe-plainly.ts";
import type { Arrays } from "../protocol/frame.ts";

/** What a student hands in: a network, how it is trained, and how well it does. */
export interface Choice {
  readonly data: "cifar10" | "shapes";
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly lr: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  /** How many images it is trained on. */
  readonly images: number;
  /** Measured on the 500 validation images, as a share: 0.4 for 40 %. */
  readonly validationAccuracy: number;
}

/** The data sets, in the order in which their numbers travel. */
export const dataSets = ["cifar10", "shapes"] as const;

/** Smallest and largest value of each number. */
const limits = {
  lr: [1e-6, 10],
  batchSize: [8, 5000],
  epochs: [1, 100],
  seed: [0, 2 ** 31 - 1],
  images: [100, 5000],
  validationAccuracy: [0, 1],
} as const;
const whole = ["batchSize", "epochs", "seed", "images"];
const unitLimits = [1, 512] as const;
const keys = ["data", "hidden", ...Object.keys(limits)];

/** Seconds that a training may take, as `estimatedSeconds` counts them. */
export const mostSeconds: number = 60;

/**
 * The choice as arrays, for the way to the grader. What it says is checked there.
 * @throws TypeError for a choice that has other keys, or values of another type
 */
export function choiceToArrays(choice: unknown): Arrays {
  if (typeof choice !== "object" || choice === null)
    throw new TypeError(`choice is ${describePlainly(choice)}, expected an object`);
  const given = choice as Readonly<Record<string, unknown>>;
  const missing = keys.find((key) => !Object.hasOwn(given, key));
  if (missing !== undefined) throw new TypeError(`choice has no ${missing}; it needs ${keys.join(", ")}`);
  const unknown = Object.keys(given).find((key) => !keys.includes(key));
  if (unknown !== undefined)
    throw new TypeError(`choice has an unknown key ${unknown}; expected ${keys.join(", ")}`);
  const { data, hidden } = given;
  const at = dataSets.indexOf(data as Choice["data"]);
  if (at < 0) throw new TypeError(`choice.data is ${describePlainly(data)}, expected "cifar10" or "shapes"`);
  if (!Array.isArray(hidden) || !hidden.every((units) => typeof units === "number"))
    throw new TypeError("choice.hidden is not a list of numbers; one hidden layer of 64 units is [64]");
  const numbers = Object.keys(limits).map((key) => {
    const value = given[key];
    if (typeof value !== "number")
      throw new TypeError(`choice.${key} is ${describePlainly(value)}, expected a number`);
    return [key, array(value)] as const;
  });
  return { data: array(at), hidden: array(hidden as number[]), ...Object.fromEntries(numbers) };
}

/**
 * The choice that these arrays hold.
 * @throws RangeError for a number outside its limits
 */
export function choiceIn(arrays: Arrays): Choice {
  const numbers = Object.entries(limits).map(([key, [low, high]]) => {
    const value = single(arrays[key]);
    const fits = value >= low && value <= high && (!whole.includes(key) || Number.isInteger(value));
    if (!fits)
      throw new RangeError(
        `choice.${key} is ${describePlainly(value)}, expected a ${whole.includes(key) ? "whole " : ""}number from ${describePlainly(low)} to ${describePlainly(high)}`,
      );
    return [key, value] as const;
  });
  const hidden = [...(arrays.hidden?.flat() ?? [])];
  const [low, high] = unitLimits;
  if (
    hidden.length < 1 ||
    hidden.length > 3 ||
    !hidden.every((n) => Number.isInteger(n) && n >= low && n <= high)
  )
    throw new RangeError(
      `choice.hidden is [${hidden.slice(0, 9).join(", ")}], expected 1 to 3 layers of ${describePlainly(low)} to ${describePlainly(high)} units`,
    );
  const data = dataSets[single(arrays.data)];
  if (data === undefined) throw new RangeError('choice.data is neither "cifar10" nor "shapes"');
  return { data, hidden, ...Object.fromEntries(numbers) } as unknown as Choice;
}

function single(x: NDArray | undefined): number {
  return x?.size === 1 ? x.item() : Number.NaN;
}

/** Weights and biases of the network 3072 → hidden → 10. */
export function parameterCount({ hidden }: Pick<Choice, "hidden">): number {
  const sizes = [3072, ...hidden, 10];
  return sizes.slice(1).reduce((sum, size, i) => sum + (sizes[i] as number) * size + size, 0);
}

/**
 * How long this training takes on a computer with 10⁹ operations a second: 6 operations for each
 * parameter and image (2 forward, 4 backward), and 12 for each parameter and update.
 */
export function estimatedSeconds(choice: Choice): number {
  const updates = Math.ceil(choice.images / choice.batchSize);
  return (parameterCount(choice) * choice.epochs * (6 * choice.images + 12 * updates)) / 1e9;
}
