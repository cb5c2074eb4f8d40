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
import type { NDArray } from "../../np/index.ts";
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

/**
 * Softmax and negative log likelihood in one, as `CrossEntropyLoss`: pass logits.
 * @example functional.crossEntropy(tensor([[0, 0]]), array([1], { dtype: "int32" })) // 0.6931
 */
export function crossEntropy(
  logits: Tensor,
  target: Tensor | NDArray,
  options?: CrossEntropyLossOptions,
): Tensor {
  return new CrossEntropyLoss(options).forward(logits, target);
}
/** −log p of the target class from log-probabilities, as `NLLLoss`. */
export function nllLoss(
  logProbabilities: Tensor,
  target: Tensor | NDArray,
  options?: NLLLossOptions,
): Tensor {
  return new NLLLoss(options).forward(logProbabilities, target);
}
/** (x − t)², as `MSELoss`. */
export function mseLoss(x: Tensor, target: Tensor | NDArray, options?: LossOptions): Tensor {
  return new MSELoss(options).forward(x, target);
}
/** |x − t|, as `L1Loss`. */
export function l1Loss(x: Tensor, target: Tensor | NDArray, options?: LossOptions): Tensor {
  return new L1Loss(options).forward(x, target);
}
/** Squared near 0, absolute beyond `beta`, as `SmoothL1Loss`. */
export function smoothL1Loss(x: Tensor, target: Tensor | NDArray, options?: SmoothL1LossOptions): Tensor {
  return new SmoothL1Loss(options).forward(x, target);
}
/** Squared near 0, absolute beyond `delta`, as `HuberLoss`. */
export function huberLoss(x: Tensor, target: Tensor | NDArray, options?: HuberLossOptions): Tensor {
  return new HuberLoss(options).forward(x, target);
}
/** −t log x − (1 − t) log(1 − x) of probabilities, as `BCELoss`. */
export function binaryCrossEntropy(x: Tensor, target: Tensor | NDArray, options?: BCELossOptions): Tensor {
  return new BCELoss(options).forward(x, target);
}
/** The same of logits, as `BCEWithLogitsLoss`. */
export function binaryCrossEntropyWithLogits(
  x: Tensor,
  target: Tensor | NDArray,
  options?: BCEWithLogitsLossOptions,
): Tensor {
  return new BCEWithLogitsLoss(options).forward(x, target);
}
/** Σ t (log t − x) of log-probabilities x, as `KLDivLoss`. */
export function klDiv(x: Tensor, target: Tensor | NDArray, options?: KLDivLossOptions): Tensor {
  return new KLDivLoss(options).forward(x, target);
}
/** Pulls pairs of vectors together where t = 1 and apart where t = −1, as `CosineEmbeddingLoss`. */
export function cosineEmbeddingLoss(
  x1: Tensor,
  x2: Tensor,
  target: Tensor | NDArray,
  options?: CosineEmbeddingLossOptions,
): Tensor {
  return new CosineEmbeddingLoss(options).forward(x1, x2, target);
}
/** x where t = 1, max(0, margin − x) where t = −1, as `HingeEmbeddingLoss`. */
export function hingeEmbeddingLoss(
  x: Tensor,
  target: Tensor | NDArray,
  options?: HingeEmbeddingLossOptions,
): Tensor {
  return new HingeEmbeddingLoss(options).forward(x, target);
}
/** By how much another class comes within `margin` of the target's score, as `MultiMarginLoss`. */
export function multiMarginLoss(
  x: Tensor,
  target: Tensor | NDArray,
  options?: MultiMarginLossOptions,
): Tensor {
  return new MultiMarginLoss(options).forward(x, target);
}
