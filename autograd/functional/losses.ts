import type {
  BCELossOptions,
  BCEWithLogitsLossOptions,
  CosineEmbeddingLossOptions,
  CrossEntropyLossOptions,
  HingeEmbeddingLossOptions,
  HuberLossOptions,
  KLDivLossOptions,
  LossOptions,
  MultiMarginLossOptions,
  NLLLossOptions,
  SmoothL1LossOptions,
} from "../../contracts/index.ts";
import { BCELoss } from "../losses/bce-loss.ts";
import { BCEWithLogitsLoss } from "../losses/bce-with-logits-loss.ts";
import { CosineEmbeddingLoss } from "../losses/cosine-embedding-loss.ts";
import { CrossEntropyLoss } from "../losses/cross-entropy-loss.ts";
import { HingeEmbeddingLoss } from "../losses/hinge-embedding-loss.ts";
import { HuberLoss } from "../losses/huber-loss.ts";
import { KLDivLoss } from "../losses/kl-div-loss.ts";
import { L1Loss } from "../losses/l1-loss.ts";
import { MSELoss } from "../losses/mse-loss.ts";
import { MultiMarginLoss } from "../losses/multi-margin-loss.ts";
import { NLLLoss } from "../losses/nll-loss.ts";
import { SmoothL1Loss } from "../losses/smooth-l1-loss.ts";
import type { Tensor } from "../tensor.ts";

/** The targets that the loss classes take. */
type Target = Parameters<MSELoss["forward"]>[1];
type ClassTarget = Parameters<CrossEntropyLoss["forward"]>[1];
type IndexTarget = Parameters<NLLLoss["forward"]>[1];

/**
 * Softmax and negative log likelihood in one, as `CrossEntropyLoss`: pass logits.
 * @example functional.crossEntropy(tensor([[0, 0]]), array([1], { dtype: "int32" })) // 0.6931
 */
export function crossEntropy(logits: Tensor, target: ClassTarget, options?: CrossEntropyLossOptions): Tensor {
  return new CrossEntropyLoss(options).forward(logits, target);
}
/** −log p of the target class from log-probabilities, as `NLLLoss`. */
export function nllLoss(logProbabilities: Tensor, target: IndexTarget, options?: NLLLossOptions): Tensor {
  return new NLLLoss(options).forward(logProbabilities, target);
}
/** (x − t)², as `MSELoss`. */
export function mseLoss(x: Tensor, target: Target, options?: LossOptions): Tensor {
  return new MSELoss(options).forward(x, target);
}
/** |x − t|, as `L1Loss`. */
export function l1Loss(x: Tensor, target: Target, options?: LossOptions): Tensor {
  return new L1Loss(options).forward(x, target);
}
/** Squared near 0, absolute beyond `beta`, as `SmoothL1Loss`. */
export function smoothL1Loss(x: Tensor, target: Target, options?: SmoothL1LossOptions): Tensor {
  return new SmoothL1Loss(options).forward(x, target);
}
/** Squared near 0, absolute beyond `delta`, as `HuberLoss`. */
export function huberLoss(x: Tensor, target: Target, options?: HuberLossOptions): Tensor {
  return new HuberLoss(options).forward(x, target);
}
/** −t log x − (1 − t) log(1 − x) of probabilities, as `BCELoss`. */
export function binaryCrossEntropy(x: Tensor, target: Target, options?: BCELossOptions): Tensor {
  return new BCELoss(options).forward(x, target);
}
/** The same of logits, as `BCEWithLogitsLoss`. */
export function binaryCrossEntropyWithLogits(
  x: Tensor,
  target: Target,
  options?: BCEWithLogitsLossOptions,
): Tensor {
  return new BCEWithLogitsLoss(options).forward(x, target);
}
/** Σ t (log t − x) of log-probabilities x, as `KLDivLoss`. */
export function klDiv(x: Tensor, target: Target, options?: KLDivLossOptions): Tensor {
  return new KLDivLoss(options).forward(x, target);
}
/** Pulls pairs of vectors together where t = 1 and apart where t = −1, as `CosineEmbeddingLoss`. */
export function cosineEmbeddingLoss(
  x1: Tensor,
  x2: Tensor,
  target: IndexTarget,
  options?: CosineEmbeddingLossOptions,
): Tensor {
  return new CosineEmbeddingLoss(options).forward(x1, x2, target);
}
/** x where t = 1, max(0, margin − x) where t = −1, as `HingeEmbeddingLoss`. */
export function hingeEmbeddingLoss(
  x: Tensor,
  target: IndexTarget,
  options?: HingeEmbeddingLossOptions,
): Tensor {
  return new HingeEmbeddingLoss(options).forward(x, target);
}
/** By how much another class comes within `margin` of the target's score, as `MultiMarginLoss`. */
export function multiMarginLoss(x: Tensor, target: IndexTarget, options?: MultiMarginLossOptions): Tensor {
  return new MultiMarginLoss(options).forward(x, target);
}
