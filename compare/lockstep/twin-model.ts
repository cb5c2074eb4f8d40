import * as autograd from "../../autograd/index.ts";
import type { Dataset } from "../../datasets/index.ts";
import * as manual from "../../manual/index.ts";
import type { DType, NDArray, Random } from "../../np/index.ts";

/** Weights from one generator, once for either side. */
export interface BuildOptions {
  readonly rng: Random;
  readonly dtype: DType;
}

/** What a network is built for. */
export interface Items {
  /** Of one item: (2,) for a point, (28, 28) for a digit, (3, 32, 32) for a photograph. */
  readonly shape: readonly number[];
  readonly classes: number;
}

/** Both sides of a network by name, the loss it is trained with, and what it can learn. */
export interface TwinModel {
  readonly manual: (options: BuildOptions, items: Items) => manual.Layer;
  readonly autograd: (options: BuildOptions, items: Items) => autograd.Module;
  readonly loss: () => { manual: manual.Loss; autograd: autograd.Loss };
  /** A batch of items as the network wants them: gray images get an axis for their one channel. */
  readonly input: (x: NDArray) => NDArray;
  /** The dataset's class indices (N,) as the loss wants them. */
  readonly target: (y: NDArray, dtype: DType) => NDArray;
  /** What a dataset must be; for messages. */
  readonly wants: string;
  readonly fits: (items: Items) => boolean;
  /** How many items it is tested with at a time. */
  readonly testBatchSize: number;
  /** What it was first made for: the paper's, or the lecture's. */
  readonly made: Items;
}

export function itemsOf({ x, classes }: Dataset): Items {
  return { shape: x.shape.slice(1), classes: classes.length };
}

/** How many numbers an item has: 784 for a 28 × 28 image. */
export function features({ shape }: Items): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** What all networks for several classes have in common. */
export const classifier: Pick<TwinModel, "loss" | "input" | "target" | "testBatchSize"> = {
  loss: () => ({ manual: new manual.CrossEntropyLoss(), autograd: new autograd.CrossEntropyLoss() }),
  input: (x) => x,
  target: (y) => y,
  testBatchSize: 256,
};
