import { settle } from "../../np/internal.ts";
import type { Dataset } from "../dataset.ts";
import * as contracts from "./contracts.ts";
import { scatterPoints, spaced, type ToyOptions } from "./points.ts";

/**
 * Two interleaving half circles: (cos t, sin t) is class 0, (1 − cos t, ½ − sin t) is class 1, with
 * t evenly spaced from 0 to π, plus noise.
 * @throws RangeError for n < 2 or noise < 0
 * @see scikit-learn, `sklearn.datasets.make_moons`
 */
export function moons(options: ToyOptions = {}): Dataset {
  const given = settle(contracts.moons, {}, options);
  return scatterPoints("moons", 2, given, (counts) => (label, k) => {
    const t = Math.PI * spaced(k, counts[label] as number);
    return label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
  });
}
