import type { NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import { type DrawnModel, predict, someModel } from "./model.ts";

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
  return {
    layers,
    parameters: () =>
      layers.flatMap((layer) => {
        const list: unknown = Reflect.get(layer, "parameters");
        const found: unknown = typeof list === "function" ? Reflect.apply(list, layer, []) : [];
        return Array.isArray(found) ? found : [];
      }),
    forward: (x: never) =>
      layers.reduce<unknown>((y, layer) => {
        const forward: unknown = typeof layer === "function" ? layer : Reflect.get(layer, "forward");
        return typeof forward === "function" ? Reflect.apply(forward, layer, [y]) : y;
      }, x) as NDArray,
  } as DrawnModel;
}
