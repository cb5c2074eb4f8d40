import { isfinite, type NDArray } from "../../np/index.ts";
import { namesakes } from "../properties.ts";
import type { LayerLike } from "../structure/own-layer.ts";
import { forward } from "./run.ts";
import type { Habit } from "./specimen.ts";

const wrong =
  "an evaluation in between changes what a later evaluation gives: in evaluation mode forward may only read the statistics, and has to read them anew every time";

/** Train, train, eval gives the same as train, eval, train, eval. */
export const alternatingModes: Habit = ({ title, make, draws }) => {
  const [straight, alternating] = [make(), make()];
  if (!setTraining(straight, true) || !setTraining(alternating, true)) return null;
  const last = (layer: LayerLike, modes: readonly boolean[]): NDArray => {
    let y = forward(layer, draws[0]);
    for (const training of modes) {
      setTraining(layer, training);
      y = forward(layer, training ? draws[1] : draws[0]);
    }
    return y;
  };
  let expected: NDArray;
  try {
    expected = last(straight, [true, false]);
  } catch {
    return null; // training is not defined for every input, such as one sample
  }
  if (isfinite(expected).min().item() === 0) return null;
  const found = last(alternating, [false, true, false]);
  return namesakes(
    title,
    "train, eval, train, eval",
    new Map([["y", found]]),
    new Map([["y", expected]]),
    1e-12,
    wrong,
  );
};

/** Switches a layer between training and evaluation; false for one without modes. */
function setTraining(layer: LayerLike, training: boolean): boolean {
  const method: unknown = Reflect.get(layer, training ? "train" : "eval");
  if (typeof method === "function") method.call(layer);
  else if ("training" in layer) Reflect.set(layer, "training", training);
  else return false;
  return true;
}
