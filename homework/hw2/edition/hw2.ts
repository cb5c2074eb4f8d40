/**
 * Homework 2: softmax, cross entropy in steps and fused, layers, an MLP, SGD with momentum.
 *
 * Write your code in the functions below; the notebook hw2.ipynb says what each must do. Import nothing
 * but `chalk-and-tape/np`, and change no array that a function is given. The comments beside the lines say shapes: N images, C classes, D inputs and M
 * outputs of a layer.
 */
import * as np from "chalk-and-tape/np";

// Given. What forward has kept for backward.
function kept<T>(value: T | null): T {
  if (value === null) throw new Error("call forward before backward");
  return value;
}

// ---------------------------------------------------------------------------------------------- Task 1

/** The probabilities of each row of logits z (N, C): exp(z) / Σ exp(z), finite for all finite z. */
export function softmax(z: np.NDArray): np.NDArray {
  // YOUR CODE HERE
  // Take the largest logit of its row away from each logit: np.max(z, 1, true) is (N, 1).
  // exp, then divide by the sum over the classes.
  throw new Error("not written yet: softmax");
}

/** log p of each row of logits z (N, C), finite for all finite z: never the log of a probability. */
export function logSoftmax(z: np.NDArray): np.NDArray {
  // YOUR CODE HERE
  // shifted as in softmax; log p = shifted − log Σ exp(shifted).
  throw new Error("not written yet: logSoftmax");
}

// ---------------------------------------------------------------------------------------------- Task 2

/** All numbers between the logits and the loss. */
export interface Steps {
  readonly logits: np.NDArray; // (N, C)
  readonly rowMax: np.NDArray; // (N, 1)
  readonly shifted: np.NDArray; // (N, C)
  readonly exps: np.NDArray; // (N, C)
  readonly sums: np.NDArray; // (N, 1)
  readonly probs: np.NDArray; // (N, C)
  readonly logProbs: np.NDArray; // (N, C)
  readonly picked: np.NDArray; // (N, 1)
  readonly loss: number;
}

/** Cross entropy of logits (N, C) and class indices (N,), a name for each step. */
export function crossEntropySteps(logits: np.NDArray, target: np.NDArray): Steps {
  // YOUR CODE HERE
  // rowMax (N, 1), shifted (N, C), exps (N, C), sums (N, 1), probs (N, C)
  // logProbs (N, C); picked (N, 1), by np.takeAlongAxis; loss, a number: array.item() gives it
  // return them all: { logits, rowMax, shifted, exps, sums, probs, logProbs, picked, loss }
  throw new Error("not written yet: crossEntropySteps");
}

// ---------------------------------------------------------------------------------------------- Task 3

/** The gradient of the loss with respect to each step. */
export interface StepGradients {
  readonly dPicked: np.NDArray; // (N, 1)
  readonly dLogProbs: np.NDArray; // (N, C)
  readonly dProbs: np.NDArray; // (N, C)
  readonly dSums: np.NDArray; // (N, 1)
  readonly dExps: np.NDArray; // (N, C)
  readonly dShifted: np.NDArray; // (N, C)
  readonly dRowMax: np.NDArray; // (N, 1)
  readonly dLogits: np.NDArray; // (N, C)
}

/** The gradients of crossEntropySteps, from the last step to the first. The target is (N,). */
export function crossEntropyStepsBackward(steps: Steps, target: np.NDArray): StepGradients {
  // YOUR CODE HERE
  // dPicked (N, 1): loss = −mean of picked. np.full([N, 1], value) fills an array.
  // dLogProbs (N, C): np.oneHot(target, C) is 1 at the target.
  // dProbs (N, C)
  // dSums (N, 1): the derivative of exps / sums by sums, then a sum, because one sum serves a row
  // dExps (N, C): two ways, added
  // dShifted, dRowMax, dLogits
  // return { dPicked, dLogProbs, dProbs, dSums, dExps, dShifted, dRowMax, dLogits }
  throw new Error("not written yet: crossEntropyStepsBackward");
}

// ---------------------------------------------------------------------------------------------- Task 4

/** Cross entropy in one: finite for all finite logits. */
export class CrossEntropyLoss {
  // Given: places for what backward needs.
  logits: np.NDArray | null = null; // (N, C)
  target: np.NDArray | null = null; // (N,)

  /** The mean of −log p at the target: logits (N, C), target (N,) → a number. */
  forward(logits: np.NDArray, target: np.NDArray): number {
    // YOUR CODE HERE
    // Remember both in this.logits and this.target. Use logSoftmax.
    throw new Error("not written yet: CrossEntropyLoss.forward");
  }

  /** ∂L/∂logits (N, C) for the last forward. */
  backward(): np.NDArray {
    // YOUR CODE HERE
    // kept(this.logits) gives the logits back. Use softmax, and divide by N.
    throw new Error("not written yet: CrossEntropyLoss.backward");
  }
}

// ---------------------------------------------------------------------------------------------- Task 5

/** Given. An array that training changes, and its gradient of the same shape; null before backward. */
export interface Parameter {
  value: np.NDArray;
  gradient: np.NDArray | null;
}

/** y = x Wᵀ + b */
export class Linear {
  readonly weight: Parameter; // value (M, D)
  readonly bias: Parameter; // value (M,)
  x: np.NDArray | null = null; // (N, D)

  /** Given. D inputs, M outputs; numbers between −1/√D and 1/√D from `rng`. */
  constructor(D: number, M: number, rng: np.Random) {
    const bound = 1 / Math.sqrt(D);
    this.weight = { value: rng.uniform(-bound, bound, [M, D]), gradient: null };
    this.bias = { value: rng.uniform(-bound, bound, [M]), gradient: null };
  }

  /** x (N, D) → y (N, M) */
  forward(x: np.NDArray): np.NDArray {
    // YOUR CODE HERE
    throw new Error("not written yet: Linear.forward");
  }

  /** dy (N, M) → dx (N, D); sets the gradients of weight and bias. */
  backward(dy: np.NDArray): np.NDArray {
    // YOUR CODE HERE
    // this.weight.gradient = … (M, D); this.bias.gradient = … (M,); return dx
    throw new Error("not written yet: Linear.backward");
  }
}

/** y = max(x, 0), for x of any shape */
export class ReLU {
  x: np.NDArray | null = null;

  forward(x: np.NDArray): np.NDArray {
    // YOUR CODE HERE
    throw new Error("not written yet: ReLU.forward");
  }

  /** dy → dx, both of the shape of x */
  backward(dy: np.NDArray): np.NDArray {
    // YOUR CODE HERE
    // x.greater(0) is an array of true and false
    throw new Error("not written yet: ReLU.backward");
  }
}

// ---------------------------------------------------------------------------------------------- Task 6

/** Three linear layers with a ReLU between them, and none after the last. */
export class Mlp {
  readonly linear1: Linear;
  readonly relu1: ReLU = new ReLU();
  readonly linear2: Linear;
  readonly relu2: ReLU = new ReLU();
  readonly linear3: Linear;

  /** Given. */
  constructor(rng: np.Random, sizes: readonly [number, number, number, number] = [784, 256, 64, 10]) {
    this.linear1 = new Linear(sizes[0], sizes[1], rng);
    this.linear2 = new Linear(sizes[1], sizes[2], rng);
    this.linear3 = new Linear(sizes[2], sizes[3], rng);
  }

  /** x (N, 784) → logits (N, 10) */
  forward(x: np.NDArray): np.NDArray {
    // YOUR CODE HERE
    throw new Error("not written yet: Mlp.forward");
  }

  /** dLogits (N, 10) → dx (N, 784); sets the gradients of all parameters. */
  backward(dLogits: np.NDArray): np.NDArray {
    // YOUR CODE HERE
    throw new Error("not written yet: Mlp.backward");
  }

  /** The six parameters, layer by layer, each weight before its bias. */
  parameters(): Parameter[] {
    // YOUR CODE HERE
    throw new Error("not written yet: Mlp.parameters");
  }
}

// ---------------------------------------------------------------------------------------------- Task 7

/** Gradient descent with momentum: v ← μ v + g, then p ← p − lr · v. */
export class SGD {
  readonly parameters: readonly Parameter[];
  /** μ */
  readonly momentum: number;
  /** May be changed between two steps. */
  lr: number;
  velocities: np.NDArray[] = [];

  constructor(parameters: readonly Parameter[], options: { lr: number; momentum?: number }) {
    this.parameters = parameters;
    this.lr = options.lr;
    this.momentum = options.momentum ?? 0;
    // YOUR CODE HERE
    throw new Error("not written yet: SGD.constructor");
  }

  /** One step of every parameter, from its gradient. */
  step(): void {
    // YOUR CODE HERE
    throw new Error("not written yet: SGD.step");
  }
}

// ---------------------------------------------------------------------------------------------- Task 8

/**
 * Trains once on all of x (N, D) and y (N,), in their order, a batch at a time; the last may be smaller.
 * Returns the mean over the N images of their losses, each before the step of its batch.
 */
export function trainEpoch(
  model: Mlp,
  loss: CrossEntropyLoss,
  optimizer: SGD,
  x: np.NDArray,
  y: np.NDArray,
  batchSize: number,
): number {
  // YOUR CODE HERE
  throw new Error("not written yet: trainEpoch");
}
