/**
 * hw1: the NumPy twin of the slide's PyTorch class.
 *
 * A network for points in the plane, 2 → 10 → 10 → 10 → 1, with forward, backward and update by hand.
 * Rows are samples. N is the number of samples, D the inputs of a layer, M its outputs.
 * Write your code where a function throws "not written yet", and delete that line.
 * Keep the names, the arguments and the imports: your file may use chalk-and-tape/np only.
 * No function changes an array that it is given.
 */
import * as np from "chalk-and-tape/np";

// ---------------------------------------------------------------- Task 1: the linear layer, forward

/**
 * y = x·Wᵀ + b, for every row of x.
 * Shapes: x (N, D), W (M, D), b (M,) → y (N, M).
 */
export function linearForward(x: np.NDArray, W: np.NDArray, b: np.NDArray): np.NDArray {
  // BEGIN SOLUTION
  // PROMPT: Two lines, nearly right. Take their // away, and correct them:
  // PROMPT: const xW = x.matmul(W); // (N, D)·(M, D) do not fit: what has to be (D, M)?
  // PROMPT: return xW; // (N, M), and b is still missing
  const xW = x.matmul(W.T); // (N, D)·(D, M) → (N, M)
  return xW.add(b); // (N, M) + (M,): b is added to every row
  // END SOLUTION
}

// --------------------------------------------------------------- Task 2: the linear layer, backward

/** The gradients of a linear layer: each has the shape of what it belongs to. */
export interface LinearGradients {
  readonly dx: np.NDArray; // (N, D)
  readonly dW: np.NDArray; // (M, D)
  readonly db: np.NDArray; // (M,)
}

/**
 * The gradients of a linear layer, from the gradient dy of its output.
 * dy already holds the 1/N of the loss, so dW and db are sums over the batch, not means.
 * Shapes: dy (N, M), x (N, D), W (M, D) → dx (N, D), dW (M, D), db (M,).
 */
export function linearBackward(dy: np.NDArray, x: np.NDArray, W: np.NDArray): LinearGradients {
  // BEGIN SOLUTION
  // PROMPT: dx: (N, M)·(M, D) → (N, D)
  // PROMPT: dW: (M, N)·(N, D) → (M, D)
  // PROMPT: db: (N, M) → (M,)
  // PROMPT: return { dx, dW, db };
  const dx = dy.matmul(W); // (N, M)·(M, D) → (N, D)
  const dW = dy.T.matmul(x); // (M, N)·(N, D) → (M, D)
  const db = dy.sum(0); // (N, M) → (M,)
  return { dx, dW, db };
  // END SOLUTION
}

// ---------------------------------------------------------------------------------- Task 3: ReLU

/** y = max(x, 0), for every element. Shapes: x (N, M) → y (N, M). */
export function reluForward(x: np.NDArray): np.NDArray {
  // BEGIN SOLUTION
  // PROMPT: // np.maximum(a, b) compares element by element; np.max finds the largest of all
  return np.maximum(x, 0); // (N, M)
  // END SOLUTION
}

/**
 * The gradient of ReLU's input: dy where x > 0, and 0 elsewhere, also where x is exactly 0.
 * Shapes: dy (N, M), x (N, M), the input of forward → dx (N, M).
 */
export function reluBackward(dy: np.NDArray, x: np.NDArray): np.NDArray {
  // BEGIN SOLUTION
  // PROMPT: x.greater(0) is 1 where x > 0, and 0 elsewhere
  const mask = x.greater(0); // (N, M): 1 or 0
  return dy.mul(mask); // (N, M)
  // END SOLUTION
}

// ------------------------------------------------- Task 4: binary cross entropy of a logit

/**
 * The mean over the N samples of −log p if the label t is 1, and −log(1 − p) if it is 0, with p = σ(z).
 * It is exact for every logit, also for z = 800 and z = −800.
 * Shapes: z (N, 1), the logits; t (N, 1), labels 0 or 1 → a number.
 */
export function lossForward(z: np.NDArray, t: np.NDArray): number {
  // BEGIN SOLUTION
  // PROMPT: max(z, 0) − z·t + log(1 + exp(−|z|)) for every sample, then the mean, then .item()
  const linear = np.maximum(z, 0).sub(z.mul(t)); // (N, 1)
  const rest = np.log1p(np.exp(np.abs(z).neg())); // (N, 1): exp of at most 0, so it is never too large
  return linear.add(rest).mean().item(); // the 1/N is here
  // END SOLUTION
}

/** The gradient of `lossForward` for z. Shapes: z (N, 1), t (N, 1) → dz (N, 1). */
export function lossBackward(z: np.NDArray, t: np.NDArray): np.NDArray {
  // BEGIN SOLUTION
  const difference = np.sigmoid(z).sub(t); // (N, 1): p − t
  return difference.div(z.size); // (N, 1): here is the only 1/N of backward
  // END SOLUTION
}

// --------------------------------------------------------------- Tasks 5 and 6: the whole network

/** The weights (M, D) and biases (M,) of the four layers. */
export interface Parameters {
  readonly W1: np.NDArray; // (10, 2)
  readonly b1: np.NDArray; // (10,)
  readonly W2: np.NDArray; // (10, 10)
  readonly b2: np.NDArray; // (10,)
  readonly W3: np.NDArray; // (10, 10)
  readonly b3: np.NDArray; // (10,)
  readonly W4: np.NDArray; // (1, 10)
  readonly b4: np.NDArray; // (1,)
}

/** Small random parameters, drawn as PyTorch does: between −1/√D and 1/√D. */
export function firstParameters(rng: np.Random): Parameters {
  const draw = (D: number, shape: number[]): np.NDArray =>
    rng.uniform(-1 / Math.sqrt(D), 1 / Math.sqrt(D), shape);
  return {
    W1: draw(2, [10, 2]),
    b1: draw(2, [10]),
    W2: draw(10, [10, 10]),
    b2: draw(10, [10]),
    W3: draw(10, [10, 10]),
    b3: draw(10, [10]),
    W4: draw(10, [1, 10]),
    b4: draw(10, [1]),
  };
}

/** The slide's `mlp_classifier`: four linear layers, ReLU between them, and a logit at the end. */
export class MlpClassifier {
  W1: np.NDArray;
  b1: np.NDArray;
  W2: np.NDArray;
  b2: np.NDArray;
  W3: np.NDArray;
  b3: np.NDArray;
  W4: np.NDArray;
  b4: np.NDArray;

  // The gradients that backward sets: each has the shape of its parameter.
  dW1!: np.NDArray;
  db1!: np.NDArray;
  dW2!: np.NDArray;
  db2!: np.NDArray;
  dW3!: np.NDArray;
  db3!: np.NDArray;
  dW4!: np.NDArray;
  db4!: np.NDArray;

  // What forward keeps for backward, with the slide's names.
  x1!: np.NDArray; // (N, 2), the input of layer 1
  z1!: np.NDArray; // (N, 10), its output, before ReLU
  x2!: np.NDArray; // (N, 10), after ReLU: the input of layer 2
  z2!: np.NDArray; // (N, 10)
  x3!: np.NDArray; // (N, 10)
  z3!: np.NDArray; // (N, 10)
  x4!: np.NDArray; // (N, 10)

  constructor({ W1, b1, W2, b2, W3, b3, W4, b4 }: Parameters) {
    this.W1 = W1.copy();
    this.b1 = b1.copy();
    this.W2 = W2.copy();
    this.b2 = b2.copy();
    this.W3 = W3.copy();
    this.b3 = b3.copy();
    this.W4 = W4.copy();
    this.b4 = b4.copy();
  }

  /** Task 5. Shapes: x (N, 2) → the logits (N, 1). It keeps what backward needs. */
  forward(x: np.NDArray): np.NDArray {
    // BEGIN SOLUTION
    // PROMPT: It begins like this, and goes on to layer 4, which has no ReLU:
    // PROMPT: this.x1 = x; // (N, 2)
    // PROMPT: this.z1 = linearForward(this.x1, this.W1, this.b1); // (N, 10)
    // PROMPT: this.x2 = reluForward(this.z1); // (N, 10)
    this.x1 = x; // (N, 2)
    this.z1 = linearForward(this.x1, this.W1, this.b1); // (N, 10)
    this.x2 = reluForward(this.z1); // (N, 10)
    this.z2 = linearForward(this.x2, this.W2, this.b2); // (N, 10)
    this.x3 = reluForward(this.z2); // (N, 10)
    this.z3 = linearForward(this.x3, this.W3, this.b3); // (N, 10)
    this.x4 = reluForward(this.z3); // (N, 10)
    return linearForward(this.x4, this.W4, this.b4); // (N, 1): the logit, without ReLU
    // END SOLUTION
  }

  /**
   * Task 5. Sets dW1, db1, … dW4, db4 for the newest forward, from the gradient of the logits, last
   * layer first. It replaces what an earlier backward has set.
   * Shapes: dz (N, 1).
   */
  backward(dz: np.NDArray): void {
    // BEGIN SOLUTION
    // PROMPT: From the last layer to the first:
    // PROMPT: const layer4 = linearBackward(dz, this.x4, this.W4);
    // PROMPT: const dz3 = reluBackward(layer4.dx, this.z3); // (N, 10)
    const layer4 = linearBackward(dz, this.x4, this.W4);
    const dz3 = reluBackward(layer4.dx, this.z3); // (N, 10)
    const layer3 = linearBackward(dz3, this.x3, this.W3);
    const dz2 = reluBackward(layer3.dx, this.z2); // (N, 10)
    const layer2 = linearBackward(dz2, this.x2, this.W2);
    const dz1 = reluBackward(layer2.dx, this.z1); // (N, 10)
    const layer1 = linearBackward(dz1, this.x1, this.W1);
    this.dW1 = layer1.dW;
    this.db1 = layer1.db;
    this.dW2 = layer2.dW;
    this.db2 = layer2.db;
    this.dW3 = layer3.dW;
    this.db3 = layer3.db;
    this.dW4 = layer4.dW;
    this.db4 = layer4.db;
    // END SOLUTION
  }

  /** Task 6. One step down the hill: every parameter minus lr times its gradient. */
  update(lr: number): void {
    // BEGIN SOLUTION
    this.W1 = this.W1.sub(this.dW1.mul(lr));
    this.b1 = this.b1.sub(this.db1.mul(lr));
    this.W2 = this.W2.sub(this.dW2.mul(lr));
    this.b2 = this.b2.sub(this.db2.mul(lr));
    this.W3 = this.W3.sub(this.dW3.mul(lr));
    this.b3 = this.b3.sub(this.db3.mul(lr));
    this.W4 = this.W4.sub(this.dW4.mul(lr));
    this.b4 = this.b4.sub(this.db4.mul(lr));
    // END SOLUTION
  }
}

/**
 * Task 6. One step of training: forward, loss, backward, update.
 * Shapes: x (N, 2), t (N, 1).
 * @returns the loss before the update
 */
export function trainStep(net: MlpClassifier, x: np.NDArray, t: np.NDArray, lr: number): number {
  // BEGIN SOLUTION
  const z = net.forward(x); // (N, 1)
  const loss = lossForward(z, t);
  net.backward(lossBackward(z, t));
  net.update(lr);
  return loss;
  // END SOLUTION
}
