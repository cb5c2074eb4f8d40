import type { NDArray } from "../np/index.ts";
import { type LinearProbe, linearProbe } from "./linear-probe.ts";

/** Penalties that are tried: from almost none to one as large as the features' variance. */
const ridges = [1e-3, 1e-2, 1e-1, 1];

/**
 * A linear probe whose penalty is chosen on the last quarter of its own data, so that features of
 * many dimensions do not lose by overfitting. Shapes: features (N, D), labels (N,).
 */
export function tunedProbe(features: NDArray, labels: NDArray): LinearProbe {
  const held = Math.floor(0.75 * labels.size);
  const [x, y] = [features.slice([0, held]), labels.slice([0, held])];
  const [xHeld, yHeld] = [features.slice([held, null]), labels.slice([held, null])];
  const scores = ridges.map((ridge) => linearProbe(x, y, { ridge }).accuracy(xHeld, yHeld));
  const ridge = ridges[scores.indexOf(Math.max(...scores))];
  return linearProbe(features, labels, { ridge });
}
