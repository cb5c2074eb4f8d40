import { eye, formatShape, linalg, type NDArray, oneHot, ShapeError } from "../np/index.ts";
import { expectArgument, ndarray, number, optional, settleOptions } from "../np/internal.ts";
import { accuracy } from "../training/index.ts";

export interface LinearProbeOptions {
  /** The penalty on large weights, as a share of the features' mean variance. Default 0.001. */
  readonly ridge?: number | undefined;
}

/** Scores that are linear in the features: features W + b. */
export interface LinearProbe {
  /** W (D, C). */
  readonly weight: NDArray;
  /** b (C,). */
  readonly bias: NDArray;
  /** A score for each class. Shapes: features (N, D) → (N, C). */
  readonly scores: (features: NDArray) => NDArray;
  /** The share of labels whose class has the largest score. Shapes: features (N, D), labels (N,). */
  readonly accuracy: (features: NDArray, labels: NDArray) => number;
}

const contract = {
  name: "linearProbe",
  positional: {},
  options: { ridge: optional(number({ above: 0 }), 1e-3) },
};

/**
 * Fits a linear classifier to features by ridge regression onto one-hot labels: how well do straight
 * cuts tell the classes apart? Judge it on features that it has not seen.
 * Shapes: features (N, D), labels (N,), class indices 0 … C − 1.
 * @throws ShapeError unless there is a label for each row of features
 * @see Alain and Bengio, "Understanding intermediate layers using linear classifier probes", 2016
 * @example
 * const x = array([[0, 0], [0, 1], [3, 0], [3, 1]]);
 * const y = array([0, 0, 1, 1], { dtype: "int32" });
 * linearProbe(x, y).accuracy(x, y) // 1
 */
export function linearProbe(
  features: NDArray,
  labels: NDArray,
  options: LinearProbeOptions = {},
): LinearProbe {
  expectArgument("linearProbe", "features", ndarray, features);
  expectArgument("linearProbe", "labels", ndarray, labels);
  const { ridge } = settleOptions("linearProbe", contract, options);
  const [n = 0, d = 0] = features.shape;
  if (features.ndim !== 2 || n === 0 || labels.ndim !== 1 || labels.size !== n)
    throw new ShapeError(
      `linearProbe: features have shape ${formatShape(features.shape)} and labels ${formatShape(labels.shape)}; expected (N, D) and (N,), a label for each row`,
    );
  const targets = oneHot(labels, labels.max().item() + 1);
  const [middle, shares] = [features.mean(0), targets.mean(0)];
  const [x, t] = [features.sub(middle), targets.sub(shares)];
  const penalty = ridge * n * (x.mul(x).mean().item() || 1); // all features constant: weights of 0
  // (xᵀx + λ)⁻¹ xᵀt = xᵀ (xxᵀ + λ)⁻¹ t: the smaller matrix of the two is solved.
  const weight =
    n < d
      ? x.T.matmul(linalg.solve(x.matmul(x.T).add(eye(n).mul(penalty)), t))
      : linalg.solve(x.T.matmul(x).add(eye(d).mul(penalty)), x.T.matmul(t));
  const bias = shares.sub(middle.matmul(weight));
  const scores = (of: NDArray): NDArray => of.matmul(weight).add(bias);
  return { weight, bias, scores, accuracy: (of, wanted) => accuracy(scores(of), wanted) };
}
