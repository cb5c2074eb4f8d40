/**
 * Homework 3: build the tape. Write the bodies; keep names, parameters and types.
 * Import nothing but chalk-and-tape/np.
 */
import {
  type Axis,
  broadcastTo,
  type NDArray,
  normalizeAxes,
  onesLike,
  sameShape,
  where,
} from "chalk-and-tape/np";

// ---------------------------------------------------------------- Part 1: a tape for numbers

/** A number that remembers how it was made. */
export class Value {
  readonly data: number;
  /** d(root)/d(this) after `root.backward()`; 0 before. */
  grad: number = 0;
  /** What the operation read; empty for a leaf. One value twice if it was read twice. */
  readonly inputs: readonly Value[];
  /** Adds this value's share to the gradient of each input. A leaf has no inputs: nothing to do. */
  pull: () => void = () => {};

  constructor(data: number, inputs: readonly Value[] = []) {
    this.data = data;
    this.inputs = inputs;
  }

  /** this + other. Complete: a pattern for the others. */
  add(other: Value): Value {
    const out = new Value(this.data + other.data, [this, other]);
    out.pull = () => {
      this.grad += out.grad;
      other.grad += out.grad;
    };
    return out;
  }

  /** this · other */
  mul(other: Value): Value {
    // YOUR CODE HERE
    // as in add: make the result, then say how much of out.grad each input gets.
    throw new Error("not written yet: Value.mul");
  }

  /** −this */
  neg(): Value {
    // YOUR CODE HERE
    throw new Error("not written yet: Value.neg");
  }

  /** e to the power of this */
  exp(): Value {
    // YOUR CODE HERE
    throw new Error("not written yet: Value.exp");
  }

  /** This if it is above 0, else 0. At 0 itself the slope is 0. */
  relu(): Value {
    // YOUR CODE HERE
    throw new Error("not written yet: Value.relu");
  }

  /** Fills `grad` of this value and of all values that it was made from. Called once for a tape. */
  backward(): void {
    // YOUR CODE HERE
    // 1. List every value once, each after its inputs. A recursive function does it.
    // 2. The gradient of this value is 1.
    // 3. Pull, from the end of the list to its beginning.
    throw new Error("not written yet: Value.backward");
  }
}

// ---------------------------------------------------------------- Part 2: a tape for arrays

/** Given dy = dL/d(result): dL/d(input) for each input, in the shape of that input. */
export type Rule = (dy: NDArray) => readonly NDArray[];

/** An array that remembers how it was made. */
export class Tensor {
  readonly data: NDArray;
  /** Whether `backward` finds a gradient for it. A result has it if one of its inputs has. */
  readonly requiresGrad: boolean;
  /** What `backward` has added up, for a leaf with `requiresGrad`; else null. */
  grad: NDArray | null = null;
  /** What the operation read; empty for a leaf. */
  readonly inputs: readonly Tensor[];
  /** null for a leaf. */
  readonly rule: Rule | null;

  /** new Tensor(x) is a constant; new Tensor(x, { requiresGrad: true }) a leaf that learns. */
  constructor(
    data: NDArray,
    options: { requiresGrad?: boolean } = {},
    inputs: readonly Tensor[] = [],
    rule: Rule | null = null,
  ) {
    this.data = data;
    this.requiresGrad = options.requiresGrad ?? inputs.some((input) => input.requiresGrad);
    this.inputs = inputs;
    this.rule = rule;
  }

  /** this + other, broadcast as in np. Complete: a pattern for the others. */
  add(other: Tensor): Tensor {
    return new Tensor(this.data.add(other.data), {}, [this, other], (dy) => [
      unbroadcast(dy, this.data.shape),
      unbroadcast(dy, other.data.shape),
    ]);
  }

  /** this · other element by element, broadcast as in np. */
  mul(other: Tensor): Tensor {
    // YOUR CODE HERE
    // as in add; the rule needs both arrays.
    throw new Error("not written yet: Tensor.mul");
  }

  /** The product of two matrices: (n, k) times (k, m) is (n, m). */
  matmul(other: Tensor): Tensor {
    // YOUR CODE HERE
    // the shapes leave only one way to multiply dy (n, m) into (n, k), and one into (k, m).
    throw new Error("not written yet: Tensor.matmul");
  }

  /** Each element if it is above 0, else 0. At 0 itself the slope is 0. */
  relu(): Tensor {
    // YOUR CODE HERE
    throw new Error("not written yet: Tensor.relu");
  }

  /** The sum over `axis`, as in np: null is all axes, −1 is the last; `keepDims` leaves them with length 1. */
  sum(axis: Axis = null, keepDims: boolean = false): Tensor {
    // YOUR CODE HERE
    // normalizeAxes("sum", axis, ndim) lists the summed axes, from 0 on.
    throw new Error("not written yet: Tensor.sum");
  }

  /** The same numbers, in their order, in another shape. */
  reshape(shape: readonly number[]): Tensor {
    // YOUR CODE HERE
    throw new Error("not written yet: Tensor.reshape");
  }

  /** The array repeated along new axes in front and along axes of length 1, as in np. */
  broadcastTo(shape: readonly number[]): Tensor {
    // YOUR CODE HERE
    throw new Error("not written yet: Tensor.broadcastTo");
  }

  /**
   * Adds dL/d(leaf) to `grad` of each leaf that requires it, where `upstream` is dL/d(this).
   * Without `upstream` this is L itself: one number, and dL/dL is 1.
   * @throws RangeError without `upstream` for more than one number
   */
  backward(upstream?: NDArray): void {
    if (!upstream && this.data.size !== 1)
      throw new RangeError(`backward: shape [${this.data.shape}] is not one number; give its gradient`);
    // YOUR CODE HERE
    // 1. List every tensor that requires a gradient once, each after its inputs, without recursion.
    // 2. Keep the gradients of this call apart from those of an earlier call.
    // 3. From the end of the list: a leaf adds its gradient to grad, a result sends its own on.
    throw new Error("not written yet: Tensor.backward");
  }

  /** Forgets the gradient: `grad` is null again. */
  zeroGrad(): void {
    // YOUR CODE HERE
    throw new Error("not written yet: Tensor.zeroGrad");
  }
}

/**
 * The gradient of an array of shape `shape`, where forward has broadcast it to the shape of dy. Where
 * a number was read several times, its gradients are added.
 */
export function unbroadcast(dy: NDArray, shape: readonly number[]): NDArray {
  if (sameShape(dy.shape, shape)) return dy;
  // YOUR CODE HERE
  // 1. Sum over the axes that dy has in front, and shape has not.
  // 2. Sum over the axes that have length 1 in shape, and more in dy; keep them.
  throw new Error("not written yet: unbroadcast");
}

// ---------------------------------------------------------------- Part 3: a network on your tape

/**
 * The lecture's network: parameters are [W1, b1, W2, b2, …], W of shape (in, out), b of shape (out,).
 * A relu after each layer but the last. Rows of x are samples.
 */
export function network(x: Tensor, parameters: readonly Tensor[]): Tensor {
  // YOUR CODE HERE
  throw new Error("not written yet: network");
}

/** The mean of max(0, 1 − sign · logit), with sign −1 or 1 in the shape (N, 1) of logit. */
export function marginLoss(logit: Tensor, sign: NDArray): Tensor {
  // YOUR CODE HERE
  // new Tensor(…) makes a constant of an array. Divide by N with mul.
  throw new Error("not written yet: marginLoss");
}
