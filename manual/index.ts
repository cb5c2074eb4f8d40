/** Chalk: every backward pass and every update written by hand. */
export { ReLU } from "./activations/relu.ts";
export { Sigmoid } from "./activations/sigmoid.ts";
export { Tanh } from "./activations/tanh.ts";
export { Layer, type Parameter, type Params } from "./layer.ts";
export { Flatten } from "./layers/flatten.ts";
export { Linear } from "./layers/linear.ts";
export { Sequential } from "./layers/sequential.ts";
export { BCELoss } from "./losses/bce-loss.ts";
export { BCEWithLogitsLoss } from "./losses/bce-with-logits-loss.ts";
export { CrossEntropyLoss } from "./losses/cross-entropy-loss.ts";
export { MSELoss } from "./losses/mse-loss.ts";
export { Mlp } from "./models/mlp.ts";
export { MlpClassifier } from "./models/mlp-classifier.ts";
export { NonlinearClassifier } from "./models/nonlinear-classifier.ts";
export { Adam } from "./optimizers/adam.ts";
export { Optimizer } from "./optimizers/optimizer.ts";
export { SGD } from "./optimizers/sgd.ts";
export { type Batch, computeGradients, type Loss, type TrainOptions, train } from "./train.ts";
