import { formatShape, NDArray, ShapeError } from "../../np/index.ts";
import type { KLDivReduction, Reduction } from "./reduction.ts";

export interface LossOptions {
  /** Default "mean". */
  readonly reduction?: Reduction;
}
export interface SmoothL1LossOptions extends LossOptions {
  /** Where the square meets the straight line, ≥ 0; 0 is L1Loss. Default 1. */
  readonly beta?: number;
}
export interface HuberLossOptions extends LossOptions {
  /** Where the square meets the straight line, > 0; default 1. */
  readonly delta?: number;
}
export interface BCELossOptions extends LossOptions {
  /** A factor of each element's loss, of a shape that broadcasts to the target's; a mean divides by the number of elements all the same. */
  readonly weight?: NDArray | null;
}
export interface BCEWithLogitsLossOptions extends BCELossOptions {
  /** A factor of the positive term alone, of a shape that broadcasts to the target's: above 1 for more recall, below for more precision. */
  readonly posWeight?: NDArray | null;
}
export interface NLLLossOptions extends LossOptions {
  /** A factor for each class, (C,); a mean divides by the sum of the factors of the targets. */
  readonly weight?: NDArray | null;
  /** Rows with this target count nowhere; default −100. */
  readonly ignoreIndex?: number;
}
export interface CrossEntropyLossOptions extends NLLLossOptions {
  /** ε in 0 … 1: the target becomes (1 − ε) · target + ε / C; default 0. */
  readonly labelSmoothing?: number;
}
export interface KLDivLossOptions {
  /** Default "mean", as PyTorch has it; "batchmean" is the divergence. */
  readonly reduction?: KLDivReduction;
  /** Whether the target holds logarithms, too; default false. */
  readonly logTarget?: boolean;
}
export interface MultiMarginLossOptions extends LossOptions {
  /** The power of each term, 1 or 2; default 1. */
  readonly p?: 1 | 2;
  /** By how much the target's score must be the larger one; default 1. */
  readonly margin?: number;
  /** A factor for each class, (C,), taken at the target; a mean divides by the number of rows all the same. */
  readonly weight?: NDArray | null;
}
export interface HingeEmbeddingLossOptions extends LossOptions {
  /** Distances of pairs that differ cost nothing from here on; default 1. */
  readonly margin?: number;
}
export interface CosineEmbeddingLossOptions extends LossOptions {
  /** Cosines of pairs that differ cost nothing up to here, −1 … 1; default 0. */
  readonly margin?: number;
}

/** @throws RangeError for a number outside its range, NaN included; `expected` says the range in words */
export function expectOption(
  where: string,
  name: string,
  value: number,
  ok: boolean,
  expected: string,
): number {
  if (ok) return value;
  throw new RangeError(`${where}: ${name} is ${value}, expected ${expected}`);
}

/** @throws TypeError for factors that are no array */
export function expectWeight(where: string, name: string, weight: unknown): NDArray | null {
  if (weight === null || weight === undefined) return null;
  if (weight instanceof NDArray) return weight;
  const remedy = Array.isArray(weight) ? "np.array(list) makes one of a list" : "expected an array or null";
  throw new TypeError(`${where}: ${name} is not an NDArray; ${remedy}`);
}

/** @throws ShapeError unless there is one factor for every class */
export function expectClassWeight(where: string, weight: NDArray, classes: number): void {
  if (weight.ndim === 1 && weight.shape[0] === classes) return;
  throw new ShapeError(
    `${where}: weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: [${weight.shape.join(", ")}]; expected (${classes},), one factor a class`,
  );
}

/** @throws ShapeError unless the factors broadcast to the shape of what they multiply, and not beyond it */
export function expectBroadcasts(
  where: string,
  name: string,
  weight: NDArray,
  shape: readonly number[],
): void {
  const lead = shape.length - weight.ndim;
  const fits = lead >= 0 && weight.shape.every((n, axis) => n === 1 || n === shape[lead + axis]);
  if (fits) return;
  throw new ShapeError(
    `${where}: ${name} has shape ${formatShape(weight.shape)}, which does not broadcast to the input's ${formatShape(shape)}; its last axes must be equal to the input's, or 1`,
  );
}
