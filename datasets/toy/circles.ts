import { settle } from "../../np/internal.ts";
import type { Dataset } from "../dataset.ts";
import * as contracts from "./contracts.ts";
import { scatterPoints, type ToyOptions } from "./points.ts";

export interface CirclesOptions extends ToyOptions {
  /** The radius of the inner circle, in 0 … 1; the outer radius is 1. Default 0.5. */
  readonly factor?: number;
}

/**
 * A circle inside a circle: (cos t, sin t) is class 0, factor · (cos t, sin t) is class 1, with t
 * evenly spaced in [0, 2π), plus noise.
 * @throws RangeError for n < 2, noise < 0 or a factor outside [0, 1)
 * @see scikit-learn, `sklearn.datasets.make_circles`
 */
export function circles(options: CirclesOptions = {}): Dataset {
  const given = settle(contracts.circles, {}, options);
  const { factor } = given;
  return scatterPoints("circles", 2, given, (counts) => (label, k) => {
    const t = (2 * Math.PI * k) / (counts[label] as number);
    const radius = label === 0 ? 1 : factor;
    return [radius * Math.cos(t), radius * Math.sin(t)];
  });
}
