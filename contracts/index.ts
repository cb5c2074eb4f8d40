/** What a twin's name, arguments, defaults and shapes mean, once for both sides. */

export type { GELUOptions, PReLUOptions } from "./activations/options.ts";
export type { OneOrPair } from "./checks/pair.ts";
export type { OutputSize } from "./layers/adaptive-avg-pool2d.ts";
export type { BatchNormOptions } from "./layers/batch-norm.ts";
export type { ConvOptions, ConvTransposeOptions } from "./layers/conv.ts";
export type { DropoutOptions } from "./layers/dropout.ts";
export type { EmbeddingOptions } from "./layers/embedding.ts";
export type { FlattenOptions } from "./layers/flatten.ts";
export type { GroupNormOptions, LayerNormOptions } from "./layers/layer-norm.ts";
export type { LayerOptions, LinearOptions } from "./layers/options.ts";
export type { PadShortcutOptions } from "./layers/pad-shortcut.ts";
export type { AvgPoolOptions, MaxPoolOptions, PoolOptions } from "./layers/pool.ts";
export type {
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
} from "./losses/loss-options.ts";
export type { KLDivReduction, Reduction } from "./losses/reduction.ts";
export type {
  AlexNetOptions,
  BlockOptions,
  CifarNetOptions,
  ImageModelOptions,
  LeNet5Options,
  MlpOptions,
  ResNet18Options,
  ResNet20Options,
  Shortcut,
  StrideOptions,
  WidthOptions,
} from "./models/options.ts";
export type { AdadeltaGroup, AdadeltaOptions, AdadeltaState } from "./optimizers/adadelta.ts";
export type { AdagradGroup, AdagradOptions, AdagradState } from "./optimizers/adagrad.ts";
export type { AdamGroup, AdamOptions, AdamState } from "./optimizers/adam.ts";
export type { AdamaxGroup, AdamaxOptions, AdamaxState } from "./optimizers/adamax.ts";
export type { ClipGradNormOptions } from "./optimizers/clipping.ts";
export type { ParameterGroup, Trainable } from "./optimizers/given-parameters.ts";
export type { NAdamGroup, NAdamOptions, NAdamState } from "./optimizers/nadam.ts";
export type { OptimizerState, SavedGroup } from "./optimizers/optimizer-state.ts";
export type { RAdamGroup, RAdamOptions, RAdamState } from "./optimizers/radam.ts";
export type { RMSpropGroup, RMSpropOptions, RMSpropState } from "./optimizers/rmsprop.ts";
export type { RpropGroup, RpropOptions, RpropState } from "./optimizers/rprop.ts";
export type { SGDGroup, SGDOptions, SGDState } from "./optimizers/sgd.ts";
export type { StateDict } from "./state-dict.ts";
