import * as autograd from "../../autograd/index.ts";
import type { Dataset } from "../../datasets/index.ts";
import * as manual from "../../manual/index.ts";
import { type DType, formatShape, type NDArray, type Random } from "../../np/index.ts";
import { unknownName } from "../unknown-name.ts";

/** Weights from one generator, once for either side. */
interface BuildOptions {
  readonly rng: Random;
  readonly dtype: DType;
}

/** Both sides of a network by name, the loss it is trained with, and what it can learn. */
export interface TwinModel {
  readonly manual: (options: BuildOptions, classes: number) => manual.Layer;
  readonly autograd: (options: BuildOptions, classes: number) => autograd.Module;
  readonly loss: () => { manual: manual.Loss; autograd: autograd.Loss };
  /** The dataset's class indices (N,) as the loss wants them. */
  readonly target: (y: NDArray, dtype: DType) => NDArray;
  /** What a dataset must be; for messages. */
  readonly wants: string;
  readonly fits: (dataset: Dataset) => boolean;
}

const crossEntropy = {
  loss: () => ({ manual: new manual.CrossEntropyLoss(), autograd: new autograd.CrossEntropyLoss() }),
  target: (y: NDArray): NDArray => y,
};

/** How many numbers an item has: 784 for a 28 × 28 image. */
function features(dataset: Dataset): number {
  return dataset.x.shape.slice(1).reduce((product, n) => product * n, 1);
}

/** Every network that `compare` can train, by the name of its class. */
export const models: Readonly<Record<string, TwinModel>> = {
  MlpClassifier: {
    manual: (options) => new manual.MlpClassifier(options),
    autograd: (options) => new autograd.MlpClassifier(options),
    loss: () => ({ manual: new manual.BCEWithLogitsLoss(), autograd: new autograd.BCEWithLogitsLoss() }),
    target: (y, dtype) => y.reshape(-1, 1).astype(dtype),
    wants: "points in the plane of two classes",
    fits: (dataset) => features(dataset) === 2 && dataset.classes.length === 2,
  },
  Sequential: {
    manual: (options, classes) =>
      new manual.Sequential(
        new manual.Linear(2, 10, options),
        new manual.ReLU(),
        new manual.Linear(10, classes, options),
      ),
    autograd: (options, classes) =>
      new autograd.Sequential(
        new autograd.Linear(2, 10, options),
        new autograd.ReLU(),
        new autograd.Linear(10, classes, options),
      ),
    ...crossEntropy,
    wants: "points in the plane",
    fits: (dataset) => features(dataset) === 2,
  },
  Mlp: {
    manual: (options) => new manual.Mlp(options),
    autograd: (options) => new autograd.Mlp(options),
    ...crossEntropy,
    wants: "28 × 28 images of 10 classes",
    fits: (dataset) => features(dataset) === 784 && dataset.classes.length === 10,
  },
};

/** @throws RangeError for a name that no network has; for use before any data is read */
export function expectModelName(name: string): void {
  const known = Object.keys(models);
  if (!known.some((key) => key.toLowerCase() === name.toLowerCase())) throw unknownName("model", name, known);
}

/**
 * The network of this name, or without a name the first that fits the dataset.
 * @throws RangeError for an unknown name, or a network that cannot learn this dataset
 */
export function modelFor(dataset: Dataset, name?: string): [name: string, model: TwinModel] {
  if (name !== undefined) expectModelName(name);
  const known = Object.keys(models);
  const found = Object.entries(models).find(([key, model]) =>
    name === undefined ? model.fits(dataset) : key.toLowerCase() === name.toLowerCase(),
  );
  const fitting = known.filter((key) => models[key]?.fits(dataset));
  const is = `${dataset.name} has items of shape ${formatShape(dataset.x.shape.slice(1))} in ${dataset.classes.length} classes`;
  if (!found) throw new RangeError(`no model learns this: ${is}. Known are ${known.join(", ")}`);
  if (!found[1].fits(dataset)) {
    const choice = fitting.length > 0 ? `Choose ${fitting.join(" or ")}` : "No other model does either";
    throw new RangeError(`${found[0]} learns ${found[1].wants}; ${is}. ${choice}`);
  }
  return found;
}
