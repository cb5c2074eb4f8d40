import { NDArray } from "../../np/index.ts";
import { argument, type Contract, listOf, type None, optional, type Required } from "../../np/internal.ts";
import { type LayerOptions, weightOptions } from "../checks/weights.ts";

export interface MlpOptions<Sizes = readonly number[]> extends LayerOptions {
  /**
   * The number of inputs, then the outputs of each layer; the last are the logits;
   * default [784, 256, 64, 10].
   */
  readonly sizes?: Sizes;
}

type FourSizes = readonly [number, number, number, number];

const fourSizes: Required<FourSizes> = listOf(
  "4 whole numbers >= 1; DeepMlp has as many layers as you like",
  { least: 1 },
  { least: 4, most: 4 },
);
const sizes: Required<readonly number[]> = listOf(
  "two whole numbers >= 1 or more",
  { least: 1 },
  { least: 2 },
);

export const Mlp: Contract<None, MlpOptions<FourSizes>> = {
  name: "Mlp",
  positional: {},
  options: { sizes: optional(fourSizes, [28 * 28, 256, 64, 10]), ...weightOptions },
};

export const DeepMlp: Contract<None, MlpOptions> = {
  name: "DeepMlp",
  positional: {},
  options: { sizes: optional(sizes, [28 * 28, 256, 64, 10]), ...weightOptions },
};

export const MlpClassifier: Contract<None, LayerOptions> = {
  name: "MlpClassifier",
  positional: {},
  options: weightOptions,
};

const holdsArray = (x: unknown): boolean =>
  x instanceof NDArray || (typeof x === "object" && x !== null && "data" in x && x.data instanceof NDArray);

const weight: Required<object> = argument("array", "an NDArray in chalk, a tensor on tape", holdsArray);

export const NonlinearClassifier: Contract<{ W1: object; W2: object }, None> = {
  name: "NonlinearClassifier",
  positional: { W1: weight, W2: weight },
  options: {},
};
