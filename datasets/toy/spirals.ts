import type { Dataset } from "../dataset.ts";
import { scatterPoints, spaced, type ToyOptions } from "./points.ts";

export interface SpiralsOptions extends ToyOptions {
  /** The number of arms, one per class. Default 2. */
  readonly classes?: number;
  /** The number of turns of an arm around the centre. Default 1. */
  readonly turns?: number;
}

/**
 * Spiral arms: class c is r · (cos t, sin t) with t = 2π (turns · r + c / classes), r evenly spaced
 * from 0.1 to 1, plus noise.
 * Shapes: x (n, 2) float64, y (n,) int32. Defaults: n 200, noise 0.02, two classes, one turn.
 * @throws RangeError for n < classes, noise < 0, fewer than 2 classes or turns that are not finite
 * @see Karpathy, "CS231n: Putting it together: minimal neural network case study", except that
 * noise there is added to t
 */
export function spirals({ classes = 2, turns = 1, noise = 0.02, ...options }: SpiralsOptions = {}): Dataset {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new RangeError(`spirals: classes is ${classes}; expected a whole number of arms, 2 or more`);
  }
  if (!Number.isFinite(turns)) throw new RangeError(`spirals: turns is ${turns}; expected a finite number`);
  return scatterPoints("spirals", classes, { noise, ...options }, (counts) => (label, k) => {
    const r = 0.1 + 0.9 * spaced(k, counts[label] as number);
    const t = 2 * Math.PI * (turns * r + label / classes);
    return [r * Math.cos(t), r * Math.sin(t)];
  });
}
