/** PyTorch's `torch.nn.functional`: layers and losses as functions, each computed by the class of that name. */

export {
  elu,
  type GeluOptions,
  gelu,
  hardtanh,
  leakyRelu,
  logSoftmax,
  relu,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from "./activations.ts";
export { type AttentionOptions, scaledDotProductAttention } from "./attention.ts";
export {
  type ConvolutionOptions,
  conv1d,
  conv2d,
  convTranspose2d,
  type TransposedConvolutionOptions,
} from "./convolutions.ts";
export {
  dropout,
  type EmbeddingLookup,
  embedding,
  type FunctionalDropoutOptions,
  linear,
  oneHot,
} from "./layers.ts";
export {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  cosineEmbeddingLoss,
  crossEntropy,
  hingeEmbeddingLoss,
  huberLoss,
  klDiv,
  l1Loss,
  mseLoss,
  multiMarginLoss,
  nllLoss,
  smoothL1Loss,
} from "./losses.ts";
export {
  type AffineOptions,
  batchNorm,
  type CosineSimilarityOptions,
  cosineSimilarity,
  type FunctionalBatchNormOptions,
  layerNorm,
  type NormalizeOptions,
  normalize,
} from "./normalisation.ts";
export { type PadOptions, pad } from "./pad.ts";
export { adaptiveAvgPool2d, avgPool2d, maxPool2d } from "./pooling.ts";
