import type { NDArray } from "../../np/index.ts";
import { normalized } from "./loss-input.ts";
import { meanOfNothing } from "./mean-of-nothing.ts";
import type { Seen } from "./overfit.ts";
import { isOfClass } from "./parts.ts";

/**
 * Why a network may have failed to learn one batch. Each rule looks at what was recorded and
 * returns a sentence or null.
 */
const suspicions: readonly ((seen: Seen) => string | null)[] = [
  ({ losses, trial }) =>
    Number.isFinite(losses.at(-1))
      ? null
      : (meanOfNothing(trial.loss, trial.batch.y) ??
        `the loss became NaN or infinite at step ${losses.length}: try a learning rate ten times smaller; train names the layer where it began`),
  ({ still, trial }) =>
    still.length === trial.learned.length
      ? "no parameter changed at all: the learning rate is 0, or all gradients are"
      : null,
  ({ dead }) => {
    const all = dead.find((layer) => layer.dead.length === layer.units);
    return all
      ? `all ${all.units} units of ${all.layer} are 0 for every item, so no gradient passes through it; try smaller weights, a smaller learning rate, inputs around 0, or LeakyReLU`
      : null;
  },
  ({ prediction }) =>
    prediction && (prediction.shape[0] as number) > 1 && equalRows(prediction)
      ? "the model gives the same output for every item, as if it ignored x: check what forward does with x, and whether the inputs differ"
      : null,
  ({ still, trial }) =>
    still.length > 0 && still.length < trial.learned.length
      ? `${still.join(", ")} never changed: backward does not reach it, its gradient is 0, or the optimizer does not hold it`
      : null,
  ({ trial }) => {
    const pair = contradiction(trial.batch.x, trial.batch.y);
    return pair
      ? `items ${pair[0]} and ${pair[1]} are equal, but their targets differ: no function fits both; check labels and preprocessing`
      : null;
  },
  ({ prediction, trial }) =>
    prediction && isOfClass(trial.loss, /^CrossEntropyLoss$/) && normalized(prediction) === "probabilities"
      ? `CrossEntropyLoss is given probabilities: with softmax applied twice it cannot fall below ${(Math.log(Math.E + (prediction.shape[1] as number) - 1) - 1).toPrecision(3)}; drop the softmax from forward`
      : null,
  ({ losses }) => {
    const [first, last] = [losses[0] as number, losses.at(-1) as number];
    return last > first
      ? "the loss rose: try a learning rate ten times smaller, and check the sign of the update"
      : null;
  },
  ({ losses, bound }) => {
    const last = losses.at(-1) as number;
    const before = losses[Math.floor(losses.length * 0.8)] as number;
    return last < 0.9 * before && last > bound
      ? "the loss was still falling: give it more steps, or a learning rate three times larger"
      : null;
  },
  ({ trial }) =>
    trial.batch.y.ndim === 2 &&
    isOfClass(trial.loss, /^(CrossEntropy|BCE|BCEWithLogits|KLDiv)Loss$/) &&
    trial.batch.y.flat().some((t) => t > 0 && t < 1)
      ? "the targets are probabilities between 0 and 1: the lowest possible loss is their entropy, not 0"
      : null,
];

/** The likely causes; never empty. */
export function overfitCauses(seen: Seen): string[] {
  const found = suspicions.flatMap((suspicion) => suspicion(seen) ?? []);
  if (found.length > 0) return found;
  return [
    "it is stuck: the network may be too small for this batch (add units or layers), the loss may not fit the targets, or a backward may be wrong (run gradcheck, or check on your class)",
  ];
}

/** Finds two items with the same x but different targets. */
function contradiction(x: NDArray, y: NDArray): [number, number] | null {
  const first = new Map<string, number>();
  const row = (a: NDArray, i: number): string => a.slice(i).copy().flat().join();
  for (let i = 0; i < (x.shape[0] as number); i++) {
    const key = row(x, i);
    const twin = first.get(key);
    if (twin !== undefined && row(y, twin) !== row(y, i)) return [twin, i];
    if (twin === undefined) first.set(key, i);
  }
  return null;
}

function equalRows(y: NDArray): boolean {
  const flat = y.flat();
  const width = flat.length / (y.shape[0] as number);
  return flat.every((value, i) => Math.abs(value - (flat[i % width] as number)) <= 1e-12 * Math.abs(value));
}
