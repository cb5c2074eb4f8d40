import type { Dataset } from "../dataset.ts";
import { scatterPoints, spaced, type ToyOptions } from "./points.ts";

/**
 * Two interleaving half circles: (cos t, sin t) is class 0, (1 − cos t, ½ − sin t) is class 1, with
 * t evenly spaced from 0 to π, plus noise.
 * @throws RangeError for n < 2 or noise < 0
 * @see scikit-learn, `sklearn.datasets.make_moons`
 */
export function moons({ noise = 0.1, ...options }: ToyOptions = {}): Dataset {
  return scatterPoints("moons", 2, { noise, ...options }, (counts) => (label, k) => {
    const t = Math.PI * spaced(k, counts[label] as number);
    return label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
  });
}
