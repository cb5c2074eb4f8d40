import {
  type DType,
  formatShape,
  isfinite,
  type NDArray,
  ShapeError,
  sameShape,
  zeros,
} from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import { expectIndices, expectScores } from "./class-indices.ts";
import { expectClassWeight } from "./loss-options.ts";
import type { Reduction } from "./reduction.ts";
import { expectTarget } from "./targets.ts";

/** The kind of a classifier's targets: one class index per row, or one row of probabilities. */
export type TargetKind = "indices" | "probabilities";

/**
 * How a loss weighs classes: a factor for each, the index to ignore, and the share of a target that
 * is spread over all classes.
 */
export interface ClassCounts {
  readonly weight: NDArray | null;
  readonly ignoreIndex: number;
  readonly labelSmoothing?: number;
  readonly reduction?: Reduction;
}

/** The weight of each class of each row in the loss: L = −Σ t log p / total. */
export interface WeightedTargets {
  /**
   * In the logits' shape: the one-hot row of an index, smoothed and weighted;
   * zeros if it is ignored. For a mean whose `total` is 0, each weight w is w / 0: NaN.
   */
  readonly t: NDArray;
  /** The divisor of a mean. */
  readonly total: number;
}

type Scores = { readonly shape: readonly number[]; readonly dtype: DType };

/**
 * The targets of logits (N, C, …) as rows of factors: t = w ⊙ ((1 − ε) · target + ε / C),
 * with classes along the second axis. For indices, a mean divides by Σ w[target] over the rows that
 * are not ignored; for probabilities, by the number of rows.
 * @throws what `classTargets` throws; RangeError for an `ignoreIndex` that probabilities cannot have
 * @see Szegedy et al., "Rethinking the Inception Architecture", CVPR 2016, section 7; PyTorch's `torch.nn.CrossEntropyLoss`
 */
export function weightedTargets(
  where: string,
  logits: Scores,
  target: NDArray,
  counts: ClassCounts,
): WeightedTargets {
  const { weight, ignoreIndex, labelSmoothing = 0, reduction } = counts;
  const kind = classTargets(where, logits.shape, target, ignoreIndex);
  const [rows, classes] = logits.shape as [number, number];
  if (weight) expectClassWeight(where, weight, classes);
  const everyClass = labelSmoothing / classes;
  if (kind === "probabilities") {
    const smooth = target
      .astype(logits.dtype)
      .mul(1 - labelSmoothing)
      .add(everyClass);
    const alongClasses = logits.shape.map((_, axis) => (axis === 1 ? classes : 1));
    const t = weight ? smooth.mul(weight.astype(logits.dtype).reshape(alongClasses)) : smooth;
    return { t, total: target.size / classes };
  }
  const t = zeros(logits.shape, { dtype: logits.dtype });
  const [to, classOf, w] = [t.flat(), target.flat(), weight?.flat()];
  const weightOf = (c: number): number => (w ? (w[c] as number) : 1);
  const inner = target.size / rows;
  let total = 0;
  for (const c of classOf) if (c !== ignoreIndex) total += weightOf(c);
  const divisor = total === 0 && reduction === "mean" ? 0 : 1; // a mean over no weight has no slope: 0 / 0
  for (let i = 0; i < classOf.length; i++) {
    const c = classOf[i] as number;
    if (c === ignoreIndex) continue;
    const start = Math.floor(i / inner) * classes * inner + (i % inner); // the first class of row i; its classes lie `inner` apart
    if (everyClass > 0)
      for (let k = 0; k < classes; k++) to[start + k * inner] = (everyClass * weightOf(k)) / divisor;
    to[start + c * inner] = ((1 - labelSmoothing + everyClass) * weightOf(c)) / divisor;
  }
  return { t, total };
}

/**
 * Says whether a target for logits (N, C, …) holds class indices (N, …) or probabilities (N, C, …),
 * and rejects anything else. Rows of integers are the lecture's "Beware":
 * CrossEntropyLoss takes class indices, not one-hot vectors.
 * @throws ShapeError, TypeError or RangeError that says what to pass instead
 * @see PyTorch reference, `torch.nn.CrossEntropyLoss`
 */
export function classTargets(
  where: string,
  logits: readonly number[],
  target: NDArray,
  ignoreIndex: number = -100,
): TargetKind {
  expectScores(where, "logits", logits);
  const [n, classes, ...rest] = logits as [number, number, ...number[]];
  expectTarget(where, target);
  const given = `target has shape ${formatShape(target.shape)}`;
  if (logits.length === 2 && target.ndim === 2 && target.shape[1] === 1 && classes !== 1) {
    throw new ShapeError(
      `${where}: ${given}, expected (${n},): class indices have no second axis; target.reshape(-1) drops it`,
    );
  }
  if (!sameShape(target.shape, logits)) {
    expectIndices(where, logits, target, ignoreIndex, ` or ${formatShape(logits)} probabilities`);
    return "indices";
  }
  if (!isFloat(target.dtype)) {
    throw new TypeError(
      `${where}: target is one-hot (${target.dtype}, shape ${formatShape(target.shape)}). Beware: pass the class indices themselves, shape ${formatShape([n, ...rest])}: target.argmax(1). Probabilities must be float: target.astype("float64")`,
    );
  }
  if (ignoreIndex >= 0) {
    throw new RangeError(
      `${where}: ignore_index is not supported for floating point target: ignoreIndex is ${ignoreIndex} and the target holds probabilities; set the rows to leave out to 0, or pass class indices`,
    );
  }
  if (target.size > 0 && isfinite(target).min().item() === 0)
    throw new RangeError(`${where}: target holds NaN or Infinity; clean the data first`);
  return "probabilities";
}
