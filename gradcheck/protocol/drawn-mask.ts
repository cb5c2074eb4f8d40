import type { NDArray, Random } from "../../np/index.ts";
import { noDistance } from "../agreement.ts";
import { propertyRow } from "../properties.ts";
import type { CheckRow } from "../report/report.ts";
import type { LayerLike } from "../structure/own-layer.ts";
import { setTraining } from "./alternating-modes.ts";

/** What a mask does: it keeps an element with this probability, and divides what it keeps by it; or whole channels. */
export interface MaskRule {
  readonly keep: number;
  readonly channels?: true;
}

/** Enough forwards to know the share to about one percent. */
const elements = 20_000;

/**
 * Checks a layer that multiplies by a random mask, whatever it draws from: two forwards have two
 * masks, the share kept is plausible, what is kept is scaled by 1 / keep, and backward uses the mask of its forward.
 */
export function checkMask(
  title: string,
  layer: LayerLike,
  x: NDArray,
  { keep, channels }: MaskRule,
  rng: Random,
): CheckRow[] {
  const ones = x.mul(0).add(1);
  const forward = (): NDArray => (layer.forward(ones.copy()) as NDArray).copy();
  const wrong = (quantity: string, diagnosis: string): CheckRow[] => [
    propertyRow(title, quantity, noDistance, x.shape, diagnosis),
  ];
  const right = (quantity: string): CheckRow =>
    propertyRow(
      title,
      quantity,
      { ...noDistance, maxAbsolute: 0, maxRelative: 0, agrees: true },
      x.shape,
      "",
    );
  const count = Math.ceil(elements / x.size);
  const masks = Array.from({ length: count }, forward);
  const all = masks.flatMap((mask) => [...mask.flat()]);
  const scale = 1 / keep;
  const odd = all.find((f) => f !== 0 && Math.abs(f - scale) > 1e-9);
  if (odd !== undefined)
    return wrong(
      "the scale",
      `your forward turns 1 into ${odd.toPrecision(4)}; in training it is 0, or 1 / (1 − p) = ${scale.toPrecision(4)}`,
    );
  const same = masks.slice(1).every((mask) => String(mask.flat()) === String(masks[0]?.flat()));
  if (same)
    return wrong(
      "another mask every time",
      "all forwards have the same mask: draw a new one in every forward, from one generator that is made in the constructor",
    );
  const share = all.filter((f) => f !== 0).length / all.length;
  const independent = channels
    ? all.length / (x.size / ((x.shape[0] as number) * (x.shape[1] as number)))
    : all.length;
  if (Math.abs(share - keep) > 6 * Math.sqrt((keep * (1 - keep)) / independent))
    return wrong(
      "the share kept",
      `your forward keeps ${(100 * share).toFixed(1)} % of the elements, expected about ${(100 * keep).toFixed(1)} %: p is the probability of dropping one`,
    );
  if (channels && !masks.every((mask) => isOfChannels(mask)))
    return wrong(
      "whole channels",
      "a channel is dropped in part: draw one number for each sample and channel, shape [N, C, 1, 1]",
    );
  const y = layer.forward(x.copy()) as NDArray;
  const dy = rng.normal(0, 1, x.shape);
  const mask = y.div(x);
  const dx: unknown = layer.backward(dy.copy());
  const expected = dy.mul(mask);
  const found = dx as NDArray;
  const off = [...expected.flat()].some(
    (value, i) => !(Math.abs(value - (found.flat()[i] as number)) <= 1e-9 * (1 + Math.abs(value))),
  );
  if (off)
    return wrong(
      "x",
      "dx is not dy times the mask of this forward, its factor 1 / (1 − p) included: keep the mask in forward, and draw nothing in backward",
    );
  const forgotten = afterEvaluation(layer, ones);
  if (forgotten) return wrong("train, eval, train", forgotten);
  return ["the scale", "another mask every time", "the share kept", "x"].map(right);
}

/** What is wrong after a change of modes: evaluation must drop nothing, and training must drop again. */
function afterEvaluation(layer: LayerLike, ones: NDArray): string | null {
  const drops = (): boolean => {
    const tries = Array.from({ length: 20 }, () => layer.forward(ones.copy()) as NDArray);
    return tries.some((y) => y.flat().some((f: number) => f !== 1));
  };
  if (!setTraining(layer, false)) return null; // the row about evaluation asks for eval()
  if (drops()) return "your forward drops elements in evaluation as well, where y = x";
  setTraining(layer, true);
  return drops()
    ? null
    : "after eval() and train() your forward drops nothing any more: train() must bring back all that eval() changed";
}

function isOfChannels(mask: NDArray): boolean {
  const [N, C] = mask.shape as [number, number];
  const rows = mask.reshape([N * C, -1]);
  return [...rows.max(1).sub(rows.min(1)).flat()].every((spread) => spread === 0);
}
