import { settle } from "../../np/internal.ts";
import type { Dataset } from "../dataset.ts";
import * as contracts from "./contracts.ts";
import { scatterPoints, type ToyOptions } from "./points.ts";

/**
 * Points in the square (−1, 1)²: class 1 where exactly one coordinate is positive, otherwise class
 * 0. Noise moves the points after their class is set, so some end up on the wrong side.
 * @throws RangeError for n < 2 or noise < 0
 * @see Minsky and Papert, "Perceptrons" (1969): no linear classifier separates these
 */
export function xor(options: ToyOptions = {}): Dataset {
  const given = settle(contracts.xor, {}, options);
  return scatterPoints("xor", 2, given, (_counts, rng) => (label) => {
    const x0 = 1 - rng.next();
    const x1 = 1 - rng.next();
    const sign = rng.next() < 0.5 ? -1 : 1;
    return label === 0 ? [sign * x0, sign * x1] : [sign * x0, -sign * x1];
  });
}
