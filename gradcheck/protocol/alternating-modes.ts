import { isfinite, type NDArray } from "../../np/index.ts";
import { againstExact } from "../agreement.ts";
import { namesakes } from "../properties.ts";
import type { CheckRow } from "../report/report.ts";
import { generatorsOf } from "../structure/generators.ts";
import type { LayerLike } from "../structure/own-layer.ts";
import { backward, draw, forward } from "./run.ts";
import type { Habit, Named, Specimen } from "./specimen.ts";

const quantity = "train, eval, train, eval";
const wrongEvaluation =
  "an evaluation in between changes what a later evaluation gives: in evaluation mode forward may only read the statistics, and has to read them anew every time";
const wrongTraining =
  "after an evaluation, training is another one than before: train() must bring back all that eval() changed, and forward must remember which mode it ran in";

/** Train, train, eval gives the same as train, eval, train, eval; so does training after an evaluation. */
export const alternatingModes: Habit = (specimen) => {
  const { title, make, draws } = specimen;
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
  const found = new Map([["y", last(alternating, [false, true, false])]]);
  const row = namesakes(title, quantity, found, new Map([["y", expected]]), 1e-12, wrongEvaluation);
  return row.verdict === "agree" ? (trainingAfterEvaluation(specimen) ?? row) : row;
};

/** Compares y and the gradients of training before and after an evaluation; null for a layer that draws other numbers every time. */
function trainingAfterEvaluation(specimen: Specimen): CheckRow | null {
  const { title, make, draws } = specimen;
  const layer = make();
  const generators = generatorsOf(layer);
  const dy = draw(specimen);
  setTraining(layer, true);
  const train = (): Named => {
    generators.restart();
    const y = forward(layer, draws[0]).copy();
    return new Map([["y", y], ...backward(specimen, layer, dy)]);
  };
  const [before, again] = [train(), train()];
  const [first, second] = [before.get("y") as NDArray, again.get("y") as NDArray];
  if (isfinite(first).min().item() === 0 || !againstExact(first, second).agrees) return null;
  setTraining(layer, false);
  forward(layer, draws[1]);
  setTraining(layer, true);
  return namesakes(title, quantity, train(), before, 1e-12, wrongTraining);
}

/** Switches a layer between training and evaluation; false for one without modes. */
export function setTraining(layer: LayerLike, training: boolean): boolean {
  const method: unknown = Reflect.get(layer, training ? "train" : "eval");
  if (typeof method === "function") method.call(layer);
  else if ("training" in layer) Reflect.set(layer, "training", training);
  else return false;
  return true;
}
