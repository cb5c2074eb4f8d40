import * as autograd from "../../autograd/index.ts";
import type { Dataset } from "../../datasets/index.ts";
import * as manual from "../../manual/index.ts";
import type { DType, NDArray, Random } from "../../np/index.ts";

/** Where a side's initial weights come from; both sides get equal generators. */
export interface BuildOptions {
  readonly rng: Random;
  readonly dtype: DType;
}

/** The items that a network is built for. */
export interface Items {
  /** The shape of one item: (2,) for a point, (28, 28) for a digit, (3, 32, 32) for a photograph. */
  readonly shape: readonly number[];
  readonly classes: number;
}

/** Both sides of a network, the loss it is trained with, and the data it can learn. */
export interface TwinModel {
  readonly manual: (options: BuildOptions, items: Items) => manual.Layer;
  readonly autograd: (options: BuildOptions, items: Items) => autograd.Module;
  readonly loss: () => { manual: manual.Loss; autograd: autograd.Loss };
  /** Reshapes a batch of items for the network: gray images get an axis for their one channel. */
  readonly input: (x: NDArray) => NDArray;
  /** Converts the dataset's class indices (N,) to the form that the loss expects. */
  readonly target: (y: NDArray, dtype: DType) => NDArray;
  /** The data that it can learn, for messages. */
  readonly wants: string;
  readonly fits: (items: Items) => boolean;
  /** Items per batch during the test. */
  readonly testBatchSize: number;
  /** The items that it was designed for, in the paper or the lecture. */
  readonly made: Items;
}

export function itemsOf({ x, classes }: Dataset): Items {
  return { shape: x.shape.slice(1), classes: classes.length };
}

/** The number of features of an item: 784 for a 28 × 28 image. */
export function features({ shape }: Items): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** The parts that all networks for several classes share. */
export const classifier: Pick<TwinModel, "loss" | "input" | "target" | "testBatchSize"> = {
  loss: () => ({ manual: new manual.CrossEntropyLoss(), autograd: new autograd.CrossEntropyLoss() }),
  input: (x) => x,
  target: (y) => y,
  testBatchSize: 256,
};
