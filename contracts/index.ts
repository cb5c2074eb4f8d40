/**
 * The contracts of the twins: names, arguments, defaults and shapes, defined once for both sides.
 */

export type {
  AnyArgument,
  AnyContract,
  Argument,
  ArgumentType,
  Bounds,
  Contract,
  Option,
  Required,
} from "../np/internal.ts";
export type { HardtanhOptions } from "./activations/hardtanh.ts";
export type { PReLUOptions } from "./activations/prelu.ts";
export type { SoftplusOptions } from "./activations/softplus.ts";
export type { OneOrPair } from "./checks/pair.ts";
export type { LayerOptions } from "./checks/weights.ts";
export { contracts } from "./contracts.ts";
export type { OutputSize } from "./layers/adaptive-avg-pool2d.ts";
export type { AvgPoolOptions } from "./layers/avg-pool2d.ts";
export type { BatchNormOptions } from "./layers/batch-norm.ts";
export type { ConvTransposeOptions } from "./layers/conv-transpose2d.ts";
export type { ConvOptions } from "./layers/conv2d.ts";
export type { ConvByLoopsOptions } from "./layers/conv2d-by-loops.ts";
export type { DropoutOptions } from "./layers/dropout.ts";
export type { EmbeddingOptions } from "./layers/embedding.ts";
export type { FlattenOptions } from "./layers/flatten.ts";
export type { GroupNormOptions } from "./layers/group-norm.ts";
export type { LayerNormOptions } from "./layers/layer-norm.ts";
export type { LinearOptions } from "./layers/linear.ts";
export type { MaxPoolOptions } from "./layers/max-pool2d.ts";
export type { PadShortcutOptions } from "./layers/pad-shortcut.ts";
export type { PoolOptions } from "./layers/pool.ts";
export type { BCELossOptions, BCEWithLogitsLossOptions } from "./losses/bce-loss.ts";
export type { CosineEmbeddingLossOptions } from "./losses/cosine-embedding-loss.ts";
export type { CrossEntropyLossOptions, NLLLossOptions } from "./losses/cross-entropy-loss.ts";
export type { HingeEmbeddingLossOptions } from "./losses/hinge-embedding-loss.ts";
export type { HuberLossOptions } from "./losses/huber-loss.ts";
export type { KLDivLossOptions } from "./losses/kl-div-loss.ts";
export type { LossOptions } from "./losses/loss-options.ts";
export type { MultiMarginLossOptions } from "./losses/multi-margin-loss.ts";
export type { KLDivReduction, Reduction } from "./losses/reduction.ts";
export type { SmoothL1LossOptions } from "./losses/smooth-l1-loss.ts";
export type { CifarNetOptions } from "./models/cifar-net.ts";
export type { AlexNetOptions, ImageModelOptions, WidthOptions } from "./models/image-model.ts";
export type { LeNet5Options } from "./models/le-net5.ts";
export type { MlpOptions } from "./models/mlp.ts";
export type {
  BlockOptions,
  ResNet18Options,
  ResNet20Options,
  Shortcut,
  StrideOptions,
} from "./models/res-net.ts";
export type { AdadeltaGroup, AdadeltaOptions, AdadeltaState } from "./optimizers/adadelta.ts";
export type { AdagradGroup, AdagradOptions, AdagradState } from "./optimizers/adagrad.ts";
export type { AdamGroup, AdamOptions, AdamState } from "./optimizers/adam.ts";
export type { AdamaxGroup, AdamaxOptions, AdamaxState } from "./optimizers/adamax.ts";
export type { ClipGradNormOptions } from "./optimizers/clipping.ts";
export type { ParameterGroup, ParamsGroup, Trainable } from "./optimizers/given-parameters.ts";
export type { NAdamGroup, NAdamOptions, NAdamState } from "./optimizers/nadam.ts";
export type { OptimizerState, SavedGroup } from "./optimizers/optimizer-state.ts";
export type { RAdamGroup, RAdamOptions, RAdamState } from "./optimizers/radam.ts";
export type { RMSpropGroup, RMSpropOptions, RMSpropState } from "./optimizers/rmsprop.ts";
export type { RpropGroup, RpropOptions, RpropState } from "./optimizers/rprop.ts";
export type { SGDGroup, SGDOptions, SGDState } from "./optimizers/sgd.ts";
export type { StateDict } from "./state-dict.ts";
