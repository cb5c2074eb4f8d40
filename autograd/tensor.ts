import {
  type ArrayOptions,
  array,
  type ConstantName,
  type ConstantSignatures,
  type DType,
  NDArray,
  type Nested,
  type OpName,
  type Signatures,
} from "../np/index.ts";
import {
  boolean,
  describe,
  expectArgument,
  flag,
  isFloat,
  kernels,
  type OptionTable,
  oneOf,
  printsItsText,
  settleOptions,
  withoutDefault,
} from "../np/internal.ts";
import { type BackwardOptions, backward, expectHistory, upstream } from "./backward.ts";
import { type GradientHook, type RemovableHandle, register } from "./hooks.ts";
import { ops } from "./ops/index.ts";
import { briefTensorText, tensorText } from "./print/tensor-text.ts";
import { type AnyVjp, isRecording, mapArgs, type Node, recordingIs } from "./tape.ts";
import { TorchMethods } from "./torch-methods.ts";

export interface TensorOptions extends ArrayOptions {
  /** Whether `backward` stores ∂L/∂this in `.grad`; default false. */
  readonly requiresGrad?: boolean;
}

/**
 * An array that remembers how it was made, so that `backward` can find ∂L/∂(everything it was made
 * from). It has the methods of NDArray; their operands may be tensors, arrays (constants) or
 * numbers.
 * @see PyTorch reference, `torch.Tensor`
 */
export class Tensor extends TorchMethods {
  /** The values. */
  readonly data: NDArray;
  #requiresGrad: boolean;
  /**
   * ∂L/∂this, summed over all backward passes since it was last set to null. Leaves only, and what
   * `retainGrad` was called on. It shares memory with no other array.
   */
  grad: Tensor | null = null;
  /** Whether `backward` stores ∂L/∂this in `.grad` although this is a result; `retainGrad` sets it. */
  retainsGrad: boolean = false;
  /** What `registerHook` was given; null before that. */
  hooks: Map<object, GradientHook> | null = null;
  /** The step of the tape that made this tensor; null for a leaf. */
  readonly node: Node | null;
  readonly priority: number = 1;

  constructor(data: NDArray, requiresGrad: boolean = false, node: Node | null = null) {
    super();
    expectParts(data, requiresGrad, node);
    if (requiresGrad) expectFloats(data);
    this.data = data;
    this.#requiresGrad = requiresGrad;
    this.node = node;
  }

  /**
   * Whether `backward` looks for ∂L/∂this. Of a leaf it can be set: with false a parameter is frozen, and no longer among `model.parameters()`.
   * @throws TypeError for a result, and for integers
   * @example
   * const w = tensor([1, 2]);
   * w.requiresGrad = true;
   * w.sum().backward();
   * w.grad // [1, 1]
   */
  get requiresGrad(): boolean {
    return this.#requiresGrad;
  }
  set requiresGrad(requiresGrad: boolean) {
    expectArgument("requiresGrad", "requiresGrad", boolean, requiresGrad);
    if (this.node)
      throw new TypeError(
        "requiresGrad: you can only change requires_grad flags of leaf variables; this tensor is a result, and detach() gives its values without history",
      );
    if (requiresGrad) expectFloats(this.data);
    this.#requiresGrad = requiresGrad;
  }
  /** Sets `requiresGrad`, and returns the tensor itself: `x.detach().clone().requiresGrad_()`. */
  requiresGrad_(requiresGrad: boolean = true): this {
    this.requiresGrad = requiresGrad;
    return this;
  }

  get shape(): readonly number[] {
    return this.data.shape;
  }
  get dtype(): DType {
    return this.data.dtype;
  }
  apply<K extends OpName>(op: K, ...args: Signatures<Tensor | NDArray>[K]): Tensor {
    return record(op, ops[op], args, kernels[op] as (...args: unknown[]) => NDArray);
  }
  applyConstant<K extends ConstantName>(op: K, ...args: ConstantSignatures<Tensor | NDArray>[K]): Tensor {
    const values = args.map((arg) => (arg instanceof Tensor ? arg.data : arg));
    return new Tensor((kernels[op] as (...args: unknown[]) => NDArray)(...values));
  }
  protected self(): Tensor {
    return this;
  }

  /**
   * Adds ∂L/∂leaf to the `.grad` of every leaf that this tensor was made from; `dy` = ∂L/∂this,
   * default 1 for a scalar. Uses up the tape, unless `retainGraph`; with `createGraph` the
   * gradients are on a tape themselves.
   * @throws ShapeError for a tensor with several elements and no dy; TypeError when nothing
   * requires a gradient, the tape is already used up, or a needed value was modified in place
   * @example
   * const x = tensor([3], { requiresGrad: true });
   * x.pow(2).backward();
   * x.grad // [6]
   */
  backward(dy?: Tensor | NDArray | number, options: BackwardOptions = {}): void {
    settleOptions("backward", backwardContract, options);
    expectHistory("backward", this);
    const found = backward(this, asTensor(upstream("backward", this, dy)), options, asTensor);
    recordingIs("backward", options.createGraph ?? false, () => {
      for (const [leaf, dx] of found) leaf.grad = leaf.grad ? leaf.grad.add(dx) : asTensor(dx);
    });
  }

  /**
   * Calls `hook` with ∂L/∂this in every backward pass, once it is complete; a gradient that the hook returns replaces it.
   * @throws TypeError for a tensor that does not require a gradient
   * @example
   * const x = tensor([1, 2], { requiresGrad: true });
   * x.registerHook((dx) => dx.mul(10));
   * x.sum().backward();
   * x.grad // [10, 10]
   */
  registerHook(hook: GradientHook): RemovableHandle {
    if (!this.requiresGrad)
      throw new TypeError("registerHook: cannot register a hook on a tensor that doesn't require gradient");
    this.hooks ??= new Map();
    return register("registerHook", this.hooks, hook);
  }
  /**
   * Lets `backward` store ∂L/∂this in `.grad`, as it does for leaves; after the hooks.
   * @throws TypeError for a tensor that does not require a gradient
   */
  retainGrad(): void {
    if (!this.requiresGrad)
      throw new TypeError("retainGrad: can't retain_grad on Tensor that has requires_grad=False");
    this.retainsGrad = this.node !== null;
  }

  /** The same values without history: a constant for everything computed from it. */
  detach(): Tensor {
    return new Tensor(this.data);
  }
  /** The single element, or the one at `index`, as a number. */
  item(...index: number[]): number {
    return this.data.item(...index);
  }
  /** The values as nested JavaScript numbers. */
  toArray(): Nested {
    return this.data.toArray();
  }
  /** What `JSON.stringify` writes: the numbers alone, nested. */
  toJSON(): Nested {
    return this.toArray();
  }
  /** The numbers as PyTorch prints them, the dtype, and where the tensor comes from. */
  override toString(): string {
    return tensorText(this);
  }
  static {
    printsItsText(Tensor.prototype, briefTensorText);
  }
}

function expectFloats(data: NDArray): void {
  if (isFloat(data.dtype)) return;
  throw new TypeError(
    `tensor: only float64 and float32 have gradients, got ${data.dtype}; pass { dtype: "float64" }`,
  );
}

/** @throws TypeError unless a tensor can be made of these */
function expectParts(data: unknown, requiresGrad: unknown, node: unknown): void {
  const isNode = node === null || (typeof node === "object" && "op" in Object(node));
  if (data instanceof NDArray && typeof requiresGrad === "boolean" && isNode) return;
  throw new TypeError(
    `Tensor: data is ${describe(data)}, requiresGrad ${describe(requiresGrad)}, node ${describe(node)}; expected an NDArray, true or false, and a step of the tape or null; tensor(…) makes one from a list`,
  );
}

const tensorOptions: OptionTable<TensorOptions> = {
  requiresGrad: flag(false),
  dtype: withoutDefault(oneOf("float64", "float32", "int32", "uint8"), "float64"),
};

/**
 * Creates a leaf of the tape from nested numbers or a copy of an array: `tensor([[1, 2], [3, 4]], {
 * requiresGrad: true })`. Of a tensor it copies the values, without history, as `x.detach().clone()` does.
 * @example
 * const w = tensor([1, 2], { requiresGrad: true });
 * w.mul(w).sum().backward();
 * w.grad // [2, 4]
 */
export function tensor(nested: Nested | NDArray | Tensor, options: TensorOptions = {}): Tensor {
  const contract = { name: "tensor", positional: {}, options: tensorOptions };
  const { requiresGrad, dtype } = settleOptions("tensor", contract, options);
  return new Tensor(array(nested instanceof Tensor ? nested.data : nested, { dtype }), requiresGrad);
}

/** Wraps an array as a constant; returns a tensor unchanged. */
export function asTensor(x: Tensor | NDArray): Tensor {
  return x instanceof Tensor ? x : new Tensor(x);
}

const backwardContract = {
  name: "backward",
  positional: {},
  options: { retainGraph: withoutDefault(boolean, "createGraph"), createGraph: flag(false) },
};

let now = 0;

/**
 * Computes y = forward(args) and, if a gradient may be needed, records the step. Integers have no
 * gradient, so a y of integers is a constant.
 */
export function record(
  op: string,
  vjps: readonly AnyVjp[],
  args: readonly unknown[],
  forward: (...args: unknown[]) => NDArray,
): Tensor {
  const versions: number[] = [];
  let wanted = false;
  const values = mapArgs(args, (arg) => {
    const value = arg instanceof Tensor ? arg.data : arg;
    if (arg instanceof Tensor && arg.requiresGrad) wanted = true;
    if (value instanceof NDArray) versions.push(value.version);
    return value;
  });
  const y = forward(...values);
  if (!wanted || !isRecording() || !isFloat(y.dtype)) return new Tensor(y);
  versions.push(y.version);
  now += 1;
  return new Tensor(y, true, { time: now, op, vjps, args: args.map(kept), versions });
}

/** An argument as the tape keeps it: lists are copied, because the caller may go on filling them. */
function kept(arg: unknown): unknown {
  return Array.isArray(arg) ? arg.map(kept) : arg;
}

/**
 * Returns a new tensor with x's values, one step after x. ∂/∂variable excludes other uses of x;
 * ∂/∂x includes this one.
 */
export function variable(x: Tensor): Tensor {
  now += 1;
  const identity = (dy: never): never => dy;
  return new Tensor(x.data, true, {
    time: now,
    op: "variable",
    vjps: [identity],
    args: [x],
    versions: [],
  });
}
