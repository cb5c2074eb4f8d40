import * as autograd from "../../autograd/index.ts";
import type { Dataset } from "../../datasets/index.ts";
import * as manual from "../../manual/index.ts";
import { formatShape } from "../../np/index.ts";
import { unknownName } from "../../np/internal.ts";
import { imageModels } from "./image-models.ts";
import { classifier, features, itemsOf, type TwinModel } from "./twin-model.ts";

/** Every network that `compare` can train, by the name of its class. */
export const models: Readonly<Record<string, TwinModel>> = {
  MlpClassifier: {
    ...classifier,
    manual: (options) => new manual.MlpClassifier(options),
    autograd: (options) => new autograd.MlpClassifier(options),
    loss: () => ({ manual: new manual.BCEWithLogitsLoss(), autograd: new autograd.BCEWithLogitsLoss() }),
    target: (y, dtype) => y.reshape(-1, 1).astype(dtype),
    wants: "points in the plane in two classes",
    fits: (items) => features(items) === 2 && items.classes === 2,
    made: { shape: [2], classes: 2 },
  },
  Sequential: {
    ...classifier,
    manual: (options, { classes }) =>
      new manual.Sequential(
        new manual.Linear(2, 10, options),
        new manual.ReLU(),
        new manual.Linear(10, classes, options),
      ),
    autograd: (options, { classes }) =>
      new autograd.Sequential(
        new autograd.Linear(2, 10, options),
        new autograd.ReLU(),
        new autograd.Linear(10, classes, options),
      ),
    wants: "points in the plane",
    fits: (items) => features(items) === 2,
    made: { shape: [2], classes: 3 },
  },
  ...imageModels,
};

/** The network of this name, in upper or lower case. @throws RangeError for an unknown name */
export function modelNamed(name: string): [name: string, model: TwinModel] {
  const found = Object.entries(models).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw unknownName("model", name, Object.keys(models));
}

/**
 * The network of this name; without a name, the first one that fits the dataset.
 * @throws RangeError for an unknown name, or a network that cannot learn this dataset
 */
export function modelFor(dataset: Dataset, name?: string): [name: string, model: TwinModel] {
  const items = itemsOf(dataset);
  const known = Object.entries(models);
  const found = name === undefined ? known.find(([, model]) => model.fits(items)) : modelNamed(name);
  const fitting = known.flatMap(([key, model]) => (model.fits(items) ? [key] : []));
  const is = `${dataset.name} has items of shape ${formatShape(items.shape)} in ${items.classes} classes`;
  if (!found)
    throw new RangeError(
      `no model can learn this dataset: ${is}. The models are ${Object.keys(models).join(", ")}`,
    );
  if (!found[1].fits(items)) {
    const choice =
      fitting.length > 0 ? `Choose ${fitting.join(" or ")}` : "No other model can learn it either";
    throw new RangeError(`${found[0]} learns ${found[1].wants}; ${is}. ${choice}`);
  }
  return found;
}
