import { type Contract, optional } from "../../np/internal.ts";
import { type OneOrPair, oneOrPair } from "../checks/pair.ts";
import { type PoolOptions, poolOptions, poolProblem } from "./pool.ts";

export interface MaxPoolOptions extends PoolOptions {
  /** The distance between neighbours inside the window; default 1. */
  readonly dilation?: OneOrPair;
}

export const MaxPool2d: Contract<{ kernelSize: OneOrPair }, MaxPoolOptions> = {
  name: "MaxPool2d",
  positional: { kernelSize: oneOrPair(1) },
  options: { ...poolOptions, dilation: optional(oneOrPair(1), 1) },
  refuse: poolProblem,
};
