import type { NDArray } from "../np/index.ts";
import { expectArgument, ndarray } from "../np/internal.ts";
import { type LinearProbe, linearProbe } from "./linear-probe.ts";

/** Penalties that are tried: from almost none to one as large as the features' variance. */
const ridges = [1e-3, 1e-2, 1e-1, 1];

/**
 * A linear probe whose ridge, 0.001, 0.01, 0.1 or 1, is chosen on the last quarter of its own data, so
 * that features of many dimensions do not lose by overfitting. It is then fitted to all of them.
 * Shapes: features (N, D), labels (N,), class indices 0 … C − 1; every class is in the first three quarters.
 * @throws ShapeError unless there is a label for each row of features
 * @example
 * const x = array([[0, 0], [3, 1], [0, 1], [3, 0]]);
 * const y = array([0, 1, 0, 1], { dtype: "int32" });
 * tunedProbe(x, y).accuracy(x, y) // 1
 */
export function tunedProbe(features: NDArray, labels: NDArray): LinearProbe {
  expectArgument("tunedProbe", "features", ndarray, features);
  expectArgument("tunedProbe", "labels", ndarray, labels);
  const held = Math.floor(0.75 * labels.size);
  const [x, y] = [features.slice([0, held]), labels.slice([0, held])];
  const [xHeld, yHeld] = [features.slice([held, null]), labels.slice([held, null])];
  const scores = ridges.map((ridge) => linearProbe(x, y, { ridge }).accuracy(xHeld, yHeld));
  const ridge = ridges[scores.indexOf(Math.max(...scores))];
  return linearProbe(features, labels, { ridge });
}
