import { argument, type Contract, flag, optional, orNull, type Required } from "../../np/internal.ts";
import { type OneOrPair, oneOrPair } from "../checks/pair.ts";
import { type Counting, type Pool, type PoolOptions, poolOptions, poolProblem } from "./pool.ts";

export interface AvgPoolOptions extends PoolOptions {
  /** Whether padding counts as elements that are 0; default true. */
  readonly countIncludePad?: boolean;
  /** The divisor to use instead of the number of elements; default null. */
  readonly divisorOverride?: number | null;
}

const divisor: Required<number> = argument(
  "integer",
  "a whole number other than 0",
  (x) => typeof x === "number",
  (x) => Number.isInteger(x) && x !== 0,
);

export const AvgPool2d: Contract<{ kernelSize: OneOrPair }, AvgPoolOptions> = {
  name: "AvgPool2d",
  positional: { kernelSize: oneOrPair(1) },
  options: {
    ...poolOptions,
    countIncludePad: flag(true),
    divisorOverride: optional(orNull(divisor, "the number of elements"), null),
  },
  refuse: poolProblem,
};

/** Its options, each for both axes. */
export type AvgPool = Pool & Counting;
