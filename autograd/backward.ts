import { formatShape, NDArray, type OpName, ShapeError, type TypedArray } from "../np/index.ts";
import { afterHooks } from "./hooks.ts";
import { ops } from "./ops/index.ts";
import { checkGradient, type Gradient, stepBack } from "./step-back.ts";
import { isTensor, type Node, reachable, recordingIs } from "./tape.ts";
import type { Tensor } from "./tensor.ts";

export interface BackwardOptions {
  /** Keeps the tape for another backward; default: the value of createGraph. */
  readonly retainGraph?: boolean;
  /** Records the backward pass itself, for second derivatives; default false. */
  readonly createGraph?: boolean;
}

const noHistory =
  "this tensor does not require grad and was not computed from one that does, or only through a step without a gradient: a comparison, a cast to integers, detach, noGrad; make a leaf with tensor(…, { requiresGrad: true })";

/** @throws TypeError for a tensor that neither requires a gradient nor depends on one that does */
export function expectHistory(where: string, y: Tensor): void {
  if (!y.requiresGrad) throw new TypeError(`${where}: ${noHistory}`);
}

/** Returns dy, checked against y's shape and dtype. A number fills an array; the default is 1. */
export function upstream(where: string, y: Tensor, dy?: Gradient | number): Gradient {
  if (dy === undefined && y.numel() !== 1) {
    throw new ShapeError(
      `${where}: grad can be implicitly created only for scalar outputs, this has shape ${formatShape(y.shape)}; pass dy, or take .sum() or .mean() first`,
    );
  }
  const given = dy === undefined || typeof dy === "number" ? filled(y, dy ?? 1) : dy;
  checkGradient(where, "dy", given, y);
  return given;
}

/** ∂L/∂x for every leaf that y was made from, and for the results that retain theirs: what `Tensor.backward` adds to their `.grad`. */
export function backward(
  y: Tensor,
  dy: Tensor,
  options: BackwardOptions,
  constant: Route["constant"],
): Map<Tensor, Gradient> {
  return walk(y, dy, options, {
    steps: reachable(y),
    wants: (x) => x.requiresGrad,
    constant,
    keeps: (x) => x.retainsGrad,
  });
}

export function filled(like: Tensor, value: number): NDArray {
  const x = NDArray.empty(like.shape, like.dtype);
  x.flat().fill(value);
  return x;
}

/** The steps of the tape to walk, and the gradients to compute. */
interface Route {
  /** Results, latest first. */
  readonly steps: readonly Tensor[];
  /** Whether x's gradient is computed. */
  readonly wants: (x: Tensor) => boolean;
  /** Wraps an array as a constant of the tape. */
  readonly constant: (x: NDArray) => Tensor;
  /** Whether a result's gradient is kept after its step; default none. */
  readonly keeps?: (x: Tensor) => boolean;
}

/**
 * Walks the tape from its end. A tensor's gradient is complete before its step is visited, because
 * everything computed from the tensor came later. Gradients of the same tensor are added.
 * Returns the gradients of leaves, and of the results that `keeps` selects.
 * Gradients are arrays; under `createGraph` they are tensors, so that the walk itself is recorded.
 * @see Baydin et al., "Automatic Differentiation in Machine Learning: a Survey", JMLR 18 (2018),
 * section 3.2
 */
export function walk(
  root: Tensor,
  dy: Tensor,
  { createGraph = false, retainGraph = createGraph }: BackwardOptions,
  { steps, wants, constant, keeps = () => false }: Route,
): Map<Tensor, Gradient> {
  const found = new Map<Tensor, Gradient>([[root, createGraph ? dy : dy.data]]);
  const shared = new Set([memoryOf(dy)]);
  const hooked = (x: Tensor, dx: Gradient): Gradient => {
    const replaced = afterHooks(x, dx, createGraph, constant);
    for (const seen of [dx, replaced]) shared.add(memoryOf(seen)); // a hook may keep either
    found.set(x, replaced);
    return replaced;
  };
  recordingIs("backward", createGraph, () => {
    for (const y of steps) {
      let gradient = found.get(y);
      if (!gradient) continue;
      if (y.hooks) gradient = hooked(y, gradient);
      if (!keeps(y)) found.delete(y);
      const node = y.node as Node;
      const isBuiltIn = node.vjps === ops[node.op as OpName];
      if (!isBuiltIn) shared.add(memoryOf(gradient));
      for (const [x, dx] of stepBack(node, y, gradient, { createGraph, wants, constant })) {
        if (!isBuiltIn) shared.add(memoryOf(dx));
        const sum = found.get(x);
        found.set(x, sum ? plus(sum, dx) : dx);
      }
      if (!retainGraph) node.args = null;
    }
    for (const [x, dx] of found) if (x.hooks && !steps.includes(x)) hooked(x, dx); // the leaves
    separate(found, shared);
  });
  return found;
}

/**
 * Gives every gradient memory of its own that can be changed in place, and copies it only if it has
 * none: if it is a view of `shared` memory, a view of another gradient, or one number that was
 * broadcast. A rule of a built-in op returns new memory or a view of dy; a user's rule can also
 * return, or keep, any array. Under `createGraph` the tape may need the values later.
 */
function separate(found: Map<Tensor, Gradient>, shared: ReadonlySet<TypedArray>): void {
  const taken = new Set(shared);
  for (const [x, dx] of found) {
    const memory = memoryOf(dx);
    // `astype` as a method returns an array that has the dtype; as a primitive it copies.
    if (isTensor(dx)) found.set(x, dx.apply("astype", dx, dx.dtype));
    else if (taken.has(memory) || !dx.isContiguous) found.set(x, dx.copy());
    else taken.add(memory);
  }
}

/** All views of an array have the same memory. */
function memoryOf(gradient: Gradient): TypedArray {
  return isTensor(gradient) ? gradient.data.data : gradient.data;
}

function plus(a: Gradient, b: Gradient): Gradient {
  return isTensor(a) ? a.add(b) : a.add(b as NDArray);
}
