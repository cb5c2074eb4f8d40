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
    // BEGIN SOLUTION
    // PROMPT: as in add: make the result, then say how much of out.grad each input gets.
    const out = new Value(this.data * other.data, [this, other]);
    out.pull = () => {
      this.grad += other.data * out.grad;
      other.grad += this.data * out.grad;
    };
    return out;
    // END SOLUTION
  }

  /** −this */
  neg(): Value {
    // BEGIN SOLUTION
    const out = new Value(-this.data, [this]);
    out.pull = () => {
      this.grad -= out.grad;
    };
    return out;
    // END SOLUTION
  }

  /** e to the power of this */
  exp(): Value {
    // BEGIN SOLUTION
    const out = new Value(Math.exp(this.data), [this]);
    out.pull = () => {
      this.grad += out.data * out.grad;
    };
    return out;
    // END SOLUTION
  }

  /** This if it is above 0, else 0. At 0 itself the slope is 0. */
  relu(): Value {
    // BEGIN SOLUTION
    const out = new Value(Math.max(this.data, 0), [this]);
    out.pull = () => {
      this.grad += this.data > 0 ? out.grad : 0;
    };
    return out;
    // END SOLUTION
  }

  /** Fills `grad` of this value and of all values that it was made from. Called once for a tape. */
  backward(): void {
    // BEGIN SOLUTION
    // PROMPT: 1. List every value once, each after its inputs. A recursive function does it.
    const order: Value[] = [];
    const seen = new Set<Value>();
    const visit = (value: Value): void => {
      if (seen.has(value)) return;
      seen.add(value);
      for (const input of value.inputs) visit(input);
      order.push(value);
    };
    visit(this);
    // PROMPT: 2. The gradient of this value is 1.
    this.grad = 1;
    // PROMPT: 3. Pull, from the end of the list to its beginning.
    for (const value of order.reverse()) value.pull();
    // END SOLUTION
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
    // BEGIN SOLUTION
    // PROMPT: as in add; the rule needs both arrays.
    return new Tensor(this.data.mul(other.data), {}, [this, other], (dy) => [
      unbroadcast(dy.mul(other.data), this.data.shape),
      unbroadcast(dy.mul(this.data), other.data.shape),
    ]);
    // END SOLUTION
  }

  /** The product of two matrices: (n, k) times (k, m) is (n, m). */
  matmul(other: Tensor): Tensor {
    // BEGIN SOLUTION
    // PROMPT: the shapes leave only one way to multiply dy (n, m) into (n, k), and one into (k, m).
    return new Tensor(this.data.matmul(other.data), {}, [this, other], (dy) => [
      dy.matmul(other.data.T),
      this.data.T.matmul(dy),
    ]);
    // END SOLUTION
  }

  /** Each element if it is above 0, else 0. At 0 itself the slope is 0. */
  relu(): Tensor {
    // BEGIN SOLUTION
    const isAbove = this.data.greater(0);
    return new Tensor(where(isAbove, this.data, 0), {}, [this], (dy) => [where(isAbove, dy, 0)]);
    // END SOLUTION
  }

  /** The sum over `axis`, as in np: null is all axes, −1 is the last; `keepDims` leaves them with length 1. */
  sum(axis: Axis = null, keepDims: boolean = false): Tensor {
    // BEGIN SOLUTION
    // PROMPT: normalizeAxes("sum", axis, ndim) lists the summed axes, from 0 on.
    const axes = normalizeAxes("sum", axis, this.data.ndim);
    const kept = this.data.shape.map((length, i) => (axes.includes(i) ? 1 : length));
    return new Tensor(this.data.sum(axis, keepDims), {}, [this], (dy) => [
      broadcastTo(dy.reshape(kept), this.data.shape),
    ]);
    // END SOLUTION
  }

  /** The same numbers, in their order, in another shape. */
  reshape(shape: readonly number[]): Tensor {
    // BEGIN SOLUTION
    return new Tensor(this.data.reshape(shape), {}, [this], (dy) => [dy.reshape(this.data.shape)]);
    // END SOLUTION
  }

  /** The array repeated along new axes in front and along axes of length 1, as in np. */
  broadcastTo(shape: readonly number[]): Tensor {
    // BEGIN SOLUTION
    return new Tensor(this.data.broadcastTo(shape), {}, [this], (dy) => [unbroadcast(dy, this.data.shape)]);
    // END SOLUTION
  }

  /**
   * Adds dL/d(leaf) to `grad` of each leaf that requires it, where `upstream` is dL/d(this).
   * Without `upstream` this is L itself: one number, and dL/dL is 1.
   * @throws RangeError without `upstream` for more than one number
   */
  backward(upstream?: NDArray): void {
    if (!upstream && this.data.size !== 1)
      throw new RangeError(`backward: shape [${this.data.shape}] is not one number; give its gradient`);
    // BEGIN SOLUTION
    // PROMPT: 1. List every tensor that requires a gradient once, each after its inputs, without recursion.
    const order: Tensor[] = [];
    const seen = new Set<Tensor>();
    const stack: { tensor: Tensor; isDone: boolean }[] = [{ tensor: this, isDone: false }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      const { tensor, isDone } = top;
      if (isDone) order.push(tensor);
      if (isDone || seen.has(tensor) || !tensor.requiresGrad) continue;
      seen.add(tensor);
      stack.push({ tensor, isDone: true });
      for (const input of tensor.inputs) stack.push({ tensor: input, isDone: false });
    }
    // PROMPT: 2. Keep the gradients of this call apart from those of an earlier call.
    const gradients = new Map<Tensor, NDArray>([[this, upstream ?? onesLike(this.data)]]);
    const addTo = (tensor: Tensor, dy: NDArray): void => {
      const before = gradients.get(tensor);
      gradients.set(tensor, before ? before.add(dy) : dy);
    };
    // PROMPT: 3. From the end of the list: a leaf adds its gradient to grad, a result sends its own on.
    for (const tensor of order.reverse()) {
      const dy = gradients.get(tensor);
      if (!dy) continue;
      if (!tensor.rule) {
        tensor.grad = tensor.grad ? tensor.grad.add(dy) : dy.copy();
        continue;
      }
      const sent = tensor.rule(dy);
      for (const [i, input] of tensor.inputs.entries()) addTo(input, sent[i] as NDArray);
    }
    // END SOLUTION
  }

  /** Forgets the gradient: `grad` is null again. */
  zeroGrad(): void {
    // BEGIN SOLUTION
    this.grad = null;
    // END SOLUTION
  }
}

/**
 * The gradient of an array of shape `shape`, where forward has broadcast it to the shape of dy. Where
 * a number was read several times, its gradients are added.
 */
export function unbroadcast(dy: NDArray, shape: readonly number[]): NDArray {
  if (sameShape(dy.shape, shape)) return dy;
  // BEGIN SOLUTION
  // PROMPT: 1. Sum over the axes that dy has in front, and shape has not.
  const extra = dy.ndim - shape.length;
  const inner = dy.sum(dy.shape.map((_, i) => i).filter((i) => i < extra));
  // PROMPT: 2. Sum over the axes that have length 1 in shape, and more in dy; keep them.
  const stretched = shape.map((_, i) => i).filter((i) => shape[i] === 1 && inner.shape[i] !== 1);
  return inner.sum(stretched, true);
  // END SOLUTION
}

// ---------------------------------------------------------------- Part 3: a network on your tape

/**
 * The lecture's network: parameters are [W1, b1, W2, b2, …], W of shape (in, out), b of shape (out,).
 * A relu after each layer but the last. Rows of x are samples.
 */
export function network(x: Tensor, parameters: readonly Tensor[]): Tensor {
  // BEGIN SOLUTION
  let h = x;
  for (let i = 0; i < parameters.length; i += 2) {
    if (i > 0) h = h.relu();
    h = h.matmul(parameters[i] as Tensor).add(parameters[i + 1] as Tensor);
  }
  return h;
  // END SOLUTION
}

/** The mean of max(0, 1 − sign · logit), with sign −1 or 1 in the shape (N, 1) of logit. */
export function marginLoss(logit: Tensor, sign: NDArray): Tensor {
  // BEGIN SOLUTION
  // PROMPT: new Tensor(…) makes a constant of an array. Divide by N with mul.
  const one = new Tensor(onesLike(sign));
  const miss = one.add(logit.mul(new Tensor(sign.neg()))).relu();
  return miss.sum().mul(new Tensor(onesLike(sign).sum().pow(-1)));
  // END SOLUTION
}
