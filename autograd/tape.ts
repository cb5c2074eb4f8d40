import { formatShape, NDArray, sameShape } from "../np/index.ts";
import { Tensor } from "./tensor.ts";

/** A vector-Jacobian product as the tape calls it; null stands for a constant argument. */
export type AnyVjp = ((dy: never, ...rest: never[]) => unknown) | null;

/** One step of the tape: which op made `y` from which arguments. */
export interface Node {
  /** Creation order. An op can only read tensors that already exist, so descending time is a reverse topological order. */
  readonly time: number;
  readonly op: string;
  readonly vjps: readonly AnyVjp[];
  /** Null once `backward` has used the step up. */
  args: readonly unknown[] | null;
  /** For every array among the arguments, and last for y: the version of its memory when the step was recorded. */
  readonly versions: ReadonlyMap<NDArray, number>;
}

export interface BackwardOptions {
  /** Keeps the tape for another backward; default: the value of createGraph. */
  readonly retainGraph?: boolean;
  /** Records the backward pass itself, for second derivatives; default false. */
  readonly createGraph?: boolean;
}

let now = 0;
let recording = true;

/** Runs a function without recording: its results are constants. @throws TypeError for an async function */
export function noGrad<T>(run: () => T): T {
  const before = recording;
  recording = false;
  try {
    const result = run();
    if (result instanceof Promise) {
      throw new TypeError(
        "noGrad: the function is async, and would go on after recording is back; use noGrad inside it",
      );
    }
    return result;
  } finally {
    recording = before;
  }
}

function tensorsIn(args: readonly unknown[]): Tensor[] {
  return args.flat().filter((arg) => arg instanceof Tensor);
}

/** Lists nest one level deep: concatenate's and stack's first argument. */
function mapArgs(args: readonly unknown[], f: (arg: unknown) => unknown): unknown[] {
  return args.map((arg) => (Array.isArray(arg) ? arg.map(f) : f(arg)));
}

/** Computes y = forward(args) and, if a gradient may be asked for, remembers how. */
export function record(
  op: string,
  vjps: readonly AnyVjp[],
  args: readonly unknown[],
  forward: (...args: unknown[]) => NDArray,
): Tensor {
  const values = mapArgs(args, (arg) => (arg instanceof Tensor ? arg.data : arg));
  const y = forward(...values);
  if (!recording || !tensorsIn(args).some((x) => x.requiresGrad)) return new Tensor(y);
  const arrays = [...values.flat(), y].filter((value) => value instanceof NDArray);
  const versions = new Map(arrays.map((x) => [x, x.version]));
  now += 1;
  return new Tensor(y, true, { time: now, op, vjps, args, versions });
}

/** Every tensor that `root` was made from and that has a step on the tape, latest first. No recursion: chains may be long. */
export function reachable(root: Tensor): Tensor[] {
  const seen = new Set<Tensor>([root]);
  for (const tensor of seen) {
    for (const x of tensorsIn(tensor.node?.args ?? [])) if (x.node) seen.add(x);
  }
  return [...seen].filter((x) => x.node).sort((a, b) => (b.node as Node).time - (a.node as Node).time);
}

/**
 * Walks the tape from its end: a tensor's gradient is complete before its step is visited, because everything computed from it
 * came later. Gradients that meet are added.
 * @see Baydin et al., "Automatic Differentiation in Machine Learning: a Survey", JMLR 18 (2018), section 3.2
 */
export function backward(root: Tensor, dy: Tensor, options: BackwardOptions): void {
  const { createGraph = false, retainGraph = createGraph } = options;
  if (!root.requiresGrad) {
    throw new TypeError(
      "backward: this tensor does not require grad and was not computed from one that does; make a leaf with tensor(…, { requiresGrad: true })",
    );
  }
  checkGradient("backward", "dy", dy, root);
  const gradients = new Map<Tensor, Tensor>([[root, dy]]);
  const walk = (): void => {
    for (const y of reachable(root)) {
      const gradient = gradients.get(y);
      const node = y.node as Node;
      if (!gradient) continue;
      gradients.delete(y);
      for (const [x, dx] of stepBack(node, y, gradient, createGraph)) {
        const sum = gradients.get(x);
        gradients.set(x, sum ? sum.add(dx) : dx);
      }
      if (!retainGraph) node.args = null;
    }
    for (const [leaf, gradient] of gradients) leaf.grad = leaf.grad ? leaf.grad.add(gradient) : gradient;
  };
  if (createGraph) walk();
  else noGrad(walk);
}

/** ∂L/∂x for every argument x of one step that wants it. */
function* stepBack(
  node: Node,
  y: Tensor,
  dy: Tensor,
  createGraph: boolean,
): Generator<[x: Tensor, dx: Tensor]> {
  const { args, op } = node;
  if (!args) {
    throw new TypeError(
      `backward: Trying to backward through the graph a second time: the step "${op}" was used up by an earlier backward; pass { retainGraph: true } to the first one`,
    );
  }
  const guard = (x: NDArray): NDArray => pin(node, x, args);
  const see = (arg: unknown): unknown => {
    const value = arg instanceof Tensor ? arg.data : arg;
    if (!(value instanceof NDArray)) return arg;
    const guarded = guard(value);
    if (!createGraph) return guarded;
    // The pin is checked by looking once; a tensor keeps its own place on the tape.
    guarded.data;
    return arg instanceof Tensor ? arg : new Tensor(value);
  };
  const seen = [...mapArgs(args, see), see(y)];
  const upstream = createGraph ? dy : dy.data;
  for (const [i, vjp] of node.vjps.entries()) {
    const wanted = [args[i]].flat();
    if (!vjp || !wanted.some((x) => x instanceof Tensor && x.requiresGrad)) continue;
    const results = [(vjp as (...all: unknown[]) => unknown)(upstream, ...seen)].flat();
    for (const [j, x] of wanted.entries()) {
      if (!(x instanceof Tensor && x.requiresGrad)) continue;
      const result = results[j];
      const dx = result instanceof NDArray ? new Tensor(result) : (result as Tensor);
      checkGradient(op, wanted.length > 1 ? `${i}[${j}]` : `${i}`, dx, x);
      yield [x, dx];
    }
  }
}

function pin(node: Node, x: NDArray, args: readonly unknown[]): NDArray {
  const expected = node.versions.get(x) ?? x.version;
  return x.pinned(expected, (found) => {
    const position = args.flat().findIndex((arg) => (arg instanceof Tensor ? arg.data : arg) === x);
    const which = position < 0 ? "its output" : `its argument ${position}`;
    return new TypeError(
      `backward: one of the variables needed for gradient computation has been modified by an inplace operation: the step "${node.op}" needs ${which} of shape ${formatShape(x.shape)}, which is at version ${found}; expected version ${expected}. Change it after backward, or work on a copy`,
    );
  });
}

/** A vjp that returns anything but x's shape and dtype is wrong; say which, before the error spreads. */
function checkGradient(op: string, argument: string, dx: Tensor, x: Tensor): void {
  if (!(dx instanceof Tensor))
    throw new TypeError(`${op}: the vjp of argument ${argument} returned ${typeof dx}, expected an array`);
  if (sameShape(dx.shape, x.shape) && dx.dtype === x.dtype) return;
  throw new TypeError(
    `${op}: the gradient of argument ${argument} is ${dx.dtype} ${formatShape(dx.shape)}, but the argument is ${x.dtype} ${formatShape(x.shape)}; they must be equal`,
  );
}
