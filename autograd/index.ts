/** Tape: forward passes only; the gradients are found by walking back what was recorded. */
export { ReLU } from "./activations/relu.ts";
export { Sigmoid } from "./activations/sigmoid.ts";
export { Tanh } from "./activations/tanh.ts";
export { type BackwardOptions, type GradientsOptions, gradients } from "./backward.ts";
export {
  type Differentiable,
  differentiable,
  differentiableTwice,
  type TensorFunction,
} from "./differentiable.ts";
export { type Differentiated, grad } from "./grad.ts";
export { hessianVectorProduct } from "./hessian-vector-product.ts";
export { AdaptiveAvgPool2d } from "./layers/adaptive-avg-pool2d.ts";
export { AvgPool2d } from "./layers/avg-pool2d.ts";
export { BatchNorm } from "./layers/batch-norm.ts";
export { BatchNorm1d } from "./layers/batch-norm1d.ts";
export { BatchNorm2d } from "./layers/batch-norm2d.ts";
export { Bilinear } from "./layers/bilinear.ts";
export { ConvTranspose2d } from "./layers/conv-transpose2d.ts";
export { Conv1d } from "./layers/conv1d.ts";
export { Conv2d } from "./layers/conv2d.ts";
export { Dropout } from "./layers/dropout.ts";
export { Dropout2d } from "./layers/dropout2d.ts";
export { Embedding } from "./layers/embedding.ts";
export { Flatten } from "./layers/flatten.ts";
export { GroupNorm } from "./layers/group-norm.ts";
export { Identity } from "./layers/identity.ts";
export { LayerNorm } from "./layers/layer-norm.ts";
export { Linear } from "./layers/linear.ts";
export { MaxPool2d } from "./layers/max-pool2d.ts";
export { Residual } from "./layers/residual.ts";
export { Sequential } from "./layers/sequential.ts";
export { BCELoss } from "./losses/bce-loss.ts";
export { BCEWithLogitsLoss } from "./losses/bce-with-logits-loss.ts";
export { CrossEntropyLoss } from "./losses/cross-entropy-loss.ts";
export { MSELoss } from "./losses/mse-loss.ts";
export { Mlp } from "./models/mlp.ts";
export { MlpClassifier } from "./models/mlp-classifier.ts";
export { NonlinearClassifier } from "./models/nonlinear-classifier.ts";
export { Module, type Params } from "./module.ts";
export { type OnceOnly, onceDifferentiable, onceOnly } from "./once-differentiable.ts";
export { type OpVjps, op } from "./op.ts";
export { type ListVjp, type Ops, ops, type Vjp } from "./ops.ts";
export { Adadelta } from "./optimizers/adadelta.ts";
export { Adagrad } from "./optimizers/adagrad.ts";
export { Adam } from "./optimizers/adam.ts";
export { Adamax } from "./optimizers/adamax.ts";
export { AdamW } from "./optimizers/adamw.ts";
export { clipGradNorm } from "./optimizers/clip-grad-norm.ts";
export { clipGradValue } from "./optimizers/clip-grad-value.ts";
export { NAdam } from "./optimizers/nadam.ts";
export { Optimizer } from "./optimizers/optimizer.ts";
export { RAdam } from "./optimizers/radam.ts";
export { RMSprop } from "./optimizers/rmsprop.ts";
export { Rprop } from "./optimizers/rprop.ts";
export { SGD } from "./optimizers/sgd.ts";
export { printTape } from "./print-tape.ts";
export { type AnyVjp, noGrad } from "./tape.ts";
export { Tensor, type TensorOptions, tensor } from "./tensor.ts";
export { type Batch, computeGradients, type Loss, type TrainOptions, train } from "./train.ts";
