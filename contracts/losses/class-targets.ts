import {
  formatShape,
  isfinite,
  type NDArray,
  type Operators,
  ShapeError,
  sameShape,
  sizeOf,
  zeros,
} from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import type { Typed } from "../checks/features.ts";
import { type Valued, valuesOf } from "../checks/values.ts";
import { classAxis, expectIndices, expectScores } from "./class-indices.ts";
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
export interface WeightedTargets<A = NDArray> {
  /**
   * In the logits' shape: the one-hot row of an index, smoothed and weighted;
   * zeros if it is ignored. For a mean whose `total` is 0, each weight w is w / 0: NaN.
   */
  readonly t: A | NDArray;
  /** The divisor of a mean. */
  readonly total: number;
  /** The axis of the classes: 1, or 0 for the scores of one sample, (C,). */
  readonly axis: 0 | 1;
}

/**
 * The targets of logits (N, C, …) or (C,) as rows of factors: t = w ⊙ ((1 − ε) · target + ε / C),
 * with classes along the second axis, or the only one. For indices, a mean divides by Σ w[target] over the rows that
 * are not ignored; for probabilities, by the number of rows. Probabilities that are a tensor stay on the tape.
 * @throws what `classTargets` throws; RangeError for an `ignoreIndex` that probabilities cannot have
 * @see Szegedy et al., "Rethinking the Inception Architecture", CVPR 2016, section 7; PyTorch's `torch.nn.CrossEntropyLoss`
 */
export function weightedTargets<A extends Operators<A, NDArray> & Valued>(
  where: string,
  logits: Typed,
  target: A,
  counts: ClassCounts,
): WeightedTargets<A> {
  const { weight, ignoreIndex, labelSmoothing = 0, reduction } = counts;
  const kind = classTargets(where, logits, target, ignoreIndex);
  const axis = classAxis(logits.shape);
  const classes = logits.shape[axis] as number;
  if (weight) expectClassWeight(where, weight, classes);
  const everyClass = labelSmoothing / classes;
  if (kind === "probabilities") {
    const smooth = target
      .astype(logits.dtype)
      .mul(1 - labelSmoothing)
      .add(everyClass);
    const alongClasses = logits.shape.map((_, i) => (i === axis ? classes : 1));
    const t = weight ? smooth.mul(weight.astype(logits.dtype).reshape(alongClasses)) : smooth;
    return { t, total: sizeOf(target.shape) / classes, axis };
  }
  const t = zeros(logits.shape, { dtype: logits.dtype });
  const [to, classOf, w] = [t.flat(), valuesOf(target).flat(), weight?.flat()];
  const weightOf = (c: number): number => (w ? (w[c] as number) : 1);
  const inner = axis === 0 ? 1 : classOf.length / (logits.shape[0] as number);
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
  return { t, total, axis };
}

/**
 * Says whether a target for logits (N, C, …) or (C,) holds class indices (N, …) or probabilities (N, C, …),
 * and rejects anything else. Rows of integers are the lecture's "Beware":
 * CrossEntropyLoss takes class indices, not one-hot vectors.
 * @throws ShapeError, TypeError or RangeError that says what to pass instead
 * @see PyTorch reference, `torch.nn.CrossEntropyLoss`
 */
export function classTargets(
  where: string,
  scores: Typed,
  target: Valued,
  ignoreIndex: number = -100,
): TargetKind {
  const logits = scores.shape;
  expectScores(where, "logits", logits);
  const axis = classAxis(logits);
  expectTarget(where, scores, target);
  const given = `target has shape ${formatShape(target.shape)}`;
  if (logits.length === 2 && target.shape.length === 2 && target.shape[1] === 1 && logits[1] !== 1) {
    throw new ShapeError(
      `${where}: ${given}, expected (${logits[0]},): class indices have no second axis; target.reshape(-1) drops it`,
    );
  }
  if (!sameShape(target.shape, logits)) {
    expectIndices(where, scores, target, ignoreIndex, ` or ${formatShape(logits)} probabilities`);
    return "indices";
  }
  if (!isFloat(target.dtype)) {
    const oneSample = axis === 0 ? `. Logits of shape ${formatShape(logits)} are those of one sample` : "";
    throw new TypeError(
      `${where}: target is one-hot (${target.dtype}, shape ${formatShape(target.shape)}). Beware: pass the class indices themselves, shape ${formatShape(logits.toSpliced(axis, 1))}: target.argmax(${axis}). Probabilities must be float: target.astype("float64")${oneSample}`,
    );
  }
  if (ignoreIndex >= 0) {
    throw new RangeError(
      `${where}: ignore_index is not supported for floating point target: ignoreIndex is ${ignoreIndex} and the target holds probabilities; set the rows to leave out to 0, or pass class indices`,
    );
  }
  const values = valuesOf(target);
  if (values.size > 0 && isfinite(values).min().item() === 0)
    throw new RangeError(`${where}: target holds NaN or Infinity; clean the data first`);
  return "probabilities";
}
