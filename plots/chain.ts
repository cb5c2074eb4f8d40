import type { NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import { type DrawnModel, predict, someModel } from "./model.ts";
import type { HoldsArray } from "./numbers.ts";

/** The steps from the input to what is drawn: a layer each, or a list of layers that make one step, such as `[linear, tanh]`. */
export type Steps = readonly (DrawnModel | readonly DrawnModel[])[];

const isModels = (x: unknown): x is readonly DrawnModel[] =>
  Array.isArray(x) && x.length > 0 && x.every((one) => someModel.refuse("layer", one) === null);

/** @throws TypeError for anything but a list of layers or of lists of layers */
export function expectSteps(where: string, steps: unknown): (readonly DrawnModel[])[] {
  const groups = Array.isArray(steps) ? steps.map((step) => (Array.isArray(step) ? step : [step])) : [];
  if (groups.length === 0 || !groups.every(isModels)) {
    throw new TypeError(
      `${where}: layers is ${describe(steps)}, expected a list of layers and functions of arrays, such as [[linear1, tanh], linear2]`,
    );
  }
  return groups;
}

/** x after each of the steps, in evaluation mode. */
export function afterEach(where: string, groups: readonly (readonly DrawnModel[])[], x: NDArray): NDArray[] {
  return groups.map((_, k) => predict(where, chainOf(groups.slice(0, k + 1).flat()), x));
}

/** Layers as one model. It has their parameters, by which `predict` knows what they are fed: arrays or tensors. */
function chainOf(layers: readonly DrawnModel[]): DrawnModel {
  const chain = {
    layers,
    parameters: () => layers.flatMap(parametersOf),
    forward: (x: never) => layers.reduce<NDArray | HoldsArray>((y, layer) => run(layer, y as never), x),
  };
  return chain;
}

function run(layer: DrawnModel, x: never): NDArray | HoldsArray {
  return typeof layer === "function" ? layer(x) : layer.forward(x);
}

function parametersOf(layer: DrawnModel): unknown[] {
  const list: unknown = Reflect.get(layer, "parameters");
  const found: unknown = typeof list === "function" ? Reflect.apply(list, layer, []) : [];
  return Array.isArray(found) ? found : [];
}
