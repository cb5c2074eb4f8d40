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
  // BEGIN SOLUTION
  // PROMPT: Take the largest logit of its row away from each logit: np.max(z, 1, true) is (N, 1).
  const shifted = z.sub(np.max(z, 1, true)); // (N, C), no number above 0
  // PROMPT: exp, then divide by the sum over the classes.
  const exps = np.exp(shifted); // (N, C)
  return exps.div(exps.sum(1, true)); // (N, C)
  // END SOLUTION
}

/** log p of each row of logits z (N, C), finite for all finite z: never the log of a probability. */
export function logSoftmax(z: np.NDArray): np.NDArray {
  // BEGIN SOLUTION
  // PROMPT: shifted as in softmax; log p = shifted − log Σ exp(shifted).
  const shifted = z.sub(np.max(z, 1, true)); // (N, C)
  return shifted.sub(np.log(np.exp(shifted).sum(1, true))); // (N, C) − (N, 1)
  // END SOLUTION
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
  // BEGIN SOLUTION
  const N = logits.shape[0] as number;
  // PROMPT: rowMax (N, 1), shifted (N, C), exps (N, C), sums (N, 1), probs (N, C)
  const rowMax = np.max(logits, 1, true);
  const shifted = logits.sub(rowMax);
  const exps = np.exp(shifted);
  const sums = exps.sum(1, true);
  const probs = exps.div(sums);
  // PROMPT: logProbs (N, C); picked (N, 1), by np.takeAlongAxis; loss, a number: array.item() gives it
  const logProbs = np.log(probs);
  const picked = np.takeAlongAxis(logProbs, target.reshape(N, 1), 1);
  const loss = -picked.mean().item();
  // PROMPT: return them all: { logits, rowMax, shifted, exps, sums, probs, logProbs, picked, loss }
  return { logits, rowMax, shifted, exps, sums, probs, logProbs, picked, loss };
  // END SOLUTION
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
  // BEGIN SOLUTION
  const [N, C] = steps.logits.shape as [number, number];
  // PROMPT: dPicked (N, 1): loss = −mean of picked. np.full([N, 1], value) fills an array.
  const dPicked = np.full([N, 1], -1 / N);
  // PROMPT: dLogProbs (N, C): np.oneHot(target, C) is 1 at the target.
  const dLogProbs = np.oneHot(target, C).mul(dPicked);
  // PROMPT: dProbs (N, C)
  const dProbs = dLogProbs.div(steps.probs);
  // PROMPT: dSums (N, 1): the derivative of exps / sums by sums, then a sum, because one sum serves a row
  const dSums = dProbs.mul(steps.exps).sum(1, true).div(np.square(steps.sums)).neg();
  // PROMPT: dExps (N, C): two ways, added
  const dExps = dProbs.div(steps.sums).add(dSums);
  // PROMPT: dShifted, dRowMax, dLogits
  const dShifted = dExps.mul(steps.exps);
  const dRowMax = dShifted.sum(1, true).neg();
  const dLogits = dShifted; // rowMax counts as a constant: dRowMax is 0
  // PROMPT: return { dPicked, dLogProbs, dProbs, dSums, dExps, dShifted, dRowMax, dLogits }
  return { dPicked, dLogProbs, dProbs, dSums, dExps, dShifted, dRowMax, dLogits };
  // END SOLUTION
}

// ---------------------------------------------------------------------------------------------- Task 4

/** Cross entropy in one: finite for all finite logits. */
export class CrossEntropyLoss {
  // Given: places for what backward needs.
  logits: np.NDArray | null = null; // (N, C)
  target: np.NDArray | null = null; // (N,)

  /** The mean of −log p at the target: logits (N, C), target (N,) → a number. */
  forward(logits: np.NDArray, target: np.NDArray): number {
    // BEGIN SOLUTION
    // PROMPT: Remember both in this.logits and this.target. Use logSoftmax.
    this.logits = logits;
    this.target = target;
    const N = logits.shape[0] as number;
    const picked = np.takeAlongAxis(logSoftmax(logits), target.reshape(N, 1), 1); // (N, 1)
    return -picked.mean().item();
    // END SOLUTION
  }

  /** ∂L/∂logits (N, C) for the last forward. */
  backward(): np.NDArray {
    // BEGIN SOLUTION
    // PROMPT: kept(this.logits) gives the logits back. Use softmax, and divide by N.
    const logits = kept(this.logits);
    const [N, C] = logits.shape as [number, number];
    const t = np.oneHot(kept(this.target), C); // (N, C)
    return softmax(logits).sub(t).div(N); // (N, C)
    // END SOLUTION
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
    // BEGIN SOLUTION
    this.x = x;
    return x.matmul(this.weight.value.T).add(this.bias.value); // (N, D)·(D, M) + (M,)
    // END SOLUTION
  }

  /** dy (N, M) → dx (N, D); sets the gradients of weight and bias. */
  backward(dy: np.NDArray): np.NDArray {
    // BEGIN SOLUTION
    // PROMPT: this.weight.gradient = … (M, D); this.bias.gradient = … (M,); return dx
    this.weight.gradient = dy.T.matmul(kept(this.x)); // (M, N)·(N, D)
    this.bias.gradient = dy.sum(0); // (M,)
    return dy.matmul(this.weight.value); // (N, M)·(M, D)
    // END SOLUTION
  }
}

/** y = max(x, 0), for x of any shape */
export class ReLU {
  x: np.NDArray | null = null;

  forward(x: np.NDArray): np.NDArray {
    // BEGIN SOLUTION
    this.x = x;
    return np.maximum(x, 0);
    // END SOLUTION
  }

  /** dy → dx, both of the shape of x */
  backward(dy: np.NDArray): np.NDArray {
    // BEGIN SOLUTION
    // PROMPT: x.greater(0) is an array of true and false
    return np.where(kept(this.x).greater(0), dy, 0);
    // END SOLUTION
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
    // BEGIN SOLUTION
    const h1 = this.relu1.forward(this.linear1.forward(x)); // (N, 256)
    const h2 = this.relu2.forward(this.linear2.forward(h1)); // (N, 64)
    return this.linear3.forward(h2); // (N, 10)
    // END SOLUTION
  }

  /** dLogits (N, 10) → dx (N, 784); sets the gradients of all parameters. */
  backward(dLogits: np.NDArray): np.NDArray {
    // BEGIN SOLUTION
    const dh2 = this.linear3.backward(dLogits); // (N, 64)
    const dh1 = this.linear2.backward(this.relu2.backward(dh2)); // (N, 256)
    return this.linear1.backward(this.relu1.backward(dh1)); // (N, 784)
    // END SOLUTION
  }

  /** The six parameters, layer by layer, each weight before its bias. */
  parameters(): Parameter[] {
    // BEGIN SOLUTION
    return [this.linear1, this.linear2, this.linear3].flatMap(({ weight, bias }) => [weight, bias]);
    // END SOLUTION
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
    // BEGIN SOLUTION
    this.velocities = parameters.map(({ value }) => np.zerosLike(value));
    // END SOLUTION
  }

  /** One step of every parameter, from its gradient. */
  step(): void {
    // BEGIN SOLUTION
    for (const [i, p] of this.parameters.entries()) {
      const v = (this.velocities[i] as np.NDArray).mul(this.momentum).add(kept(p.gradient));
      this.velocities[i] = v;
      p.value = p.value.sub(v.mul(this.lr));
    }
    // END SOLUTION
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
  // BEGIN SOLUTION
  const N = x.shape[0] as number;
  let sum = 0;
  for (let from = 0; from < N; from += batchSize) {
    const to = Math.min(from + batchSize, N);
    const logits = model.forward(x.slice([from, to])); // (to − from, 10)
    sum += loss.forward(logits, y.slice([from, to])) * (to - from);
    model.backward(loss.backward());
    optimizer.step();
  }
  return sum / N;
  // END SOLUTION
}
