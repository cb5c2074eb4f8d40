import { formatShape, NDArray, sameShape } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import { onceReason } from "./once-differentiable.ts";
import { isTensor, mapArgs, type Node } from "./tape.ts";
import type { Tensor } from "./tensor.ts";

/** An array, or a tensor under `createGraph`. */
export type Gradient = NDArray | Tensor;

type CalledVjp = (...all: unknown[]) => unknown;

/** How one step is differentiated. */
export interface StepBackOptions {
  /** Whether the rules run on tensors, so that they are recorded too. */
  readonly createGraph: boolean;
  /** Whether an argument's gradient is needed. */
  readonly wants: (x: Tensor) => boolean;
  /** Wraps an array as a constant of the tape, for rules that run on tensors. */
  readonly constant: (x: NDArray) => Tensor;
}

/** ∂L/∂x for every wanted argument x of one step. */
export function stepBack(
  node: Node,
  y: Tensor,
  dy: Gradient,
  { createGraph, wants, constant }: StepBackOptions,
): [x: Tensor, dx: Gradient][] {
  const { args, op, vjps, versions } = node;
  if (!args) {
    throw new TypeError(
      `backward: Trying to backward through the graph a second time: the step "${op}" was used up by an earlier backward; pass { retainGraph: true } to the first one`,
    );
  }
  let next = 0;
  const see = (arg: unknown): unknown => {
    const value = isTensor(arg) ? arg.data : arg;
    if (!(value instanceof NDArray)) return arg;
    const guarded = pin(node, value, versions[next++] ?? value.version, args);
    if (!createGraph) return guarded;
    // Reading `data` once checks the version; a tensor keeps its own place on the tape.
    guarded.data;
    return isTensor(arg) ? arg : constant(value);
  };
  const seen = mapArgs(args, see);
  seen.push(see(y));
  const isWanted = (x: unknown): x is Tensor => isTensor(x) && wants(x);
  const found: [Tensor, Gradient][] = [];
  for (let i = 0; i < vjps.length; i++) {
    const rule = vjps[i] as CalledVjp | null;
    const inputs = listed(args[i]);
    if (!rule || !inputs.some(isWanted)) continue;
    const results = listed(createGraph ? taped(op, i, rule, dy, seen) : rule(dy, ...seen));
    for (let j = 0; j < inputs.length; j++) {
      const x = inputs[j];
      if (!isWanted(x)) continue;
      const result = results[j];
      const dx = isTensor(result) && !createGraph ? result.data : result;
      checkGradient(op, inputs.length > 1 ? `${i}[${j}]` : `${i}`, dx, x);
      found.push([x, dx]);
    }
  }
  return found;
}

function listed(x: unknown): readonly unknown[] {
  return Array.isArray(x) ? x : [x];
}

/**
 * Runs a rule on tensors.
 * @throws TypeError for a rule that leaves the tape: its second derivative would be silently wrong
 */
function taped(
  op: string,
  argument: number,
  vjp: CalledVjp,
  dy: Gradient,
  seen: readonly unknown[],
): unknown {
  const fail = (why: string, cause?: unknown): never => {
    throw new TypeError(
      `${op}: under createGraph the vjp of argument ${argument} ${why}. Leave out createGraph (in grad: wrap the call in noGrad)`,
      { cause },
    );
  };
  const remedy =
    "write it in methods and functions that arrays and tensors share, or mark it onceDifferentiable(reason, vjp)";
  const reason = onceReason(vjp);
  if (reason !== null) fail(`cannot be differentiated again: ${reason}`);
  let result: unknown;
  try {
    result = vjp(dy, ...seen);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    fail(`failed on tensors: ${error.message}; ${remedy}`, error);
  }
  for (const dx of [result].flat()) {
    if (dx instanceof NDArray) fail(`returned an array, which cuts the tape; ${remedy}`);
    if (isTensor(dx) && isTensor(dy) && dy.requiresGrad && !dx.requiresGrad)
      fail(`returned a tensor that does not depend on dy, as after detach; ${remedy}`);
  }
  return result;
}

/**
 * Returns x. If its memory has changed since the step was recorded, returns only its shape: reading
 * its values throws.
 */
function pin(node: Node, x: NDArray, expected: number, args: readonly unknown[]): NDArray {
  if (x.version === expected) return x;
  return x.pinned(expected, (found) => {
    const position = args.flat().findIndex((arg) => (isTensor(arg) ? arg.data : arg) === x);
    const which = position < 0 ? "its output" : `its argument ${position}`;
    return new TypeError(
      `backward: one of the variables needed for gradient computation has been modified by an inplace operation: the step "${node.op}" needs ${which} of shape ${formatShape(x.shape)}, which is at version ${found}; expected version ${expected}. Change it after backward, or work on a copy`,
    );
  });
}

/** Checks that a vjp returned x's shape and dtype, before the error spreads. @throws TypeError */
export function checkGradient(op: string, argument: string, dx: unknown, x: Tensor): asserts dx is Gradient {
  if (!(dx instanceof NDArray || isTensor(dx)))
    throw new TypeError(`${op}: the vjp of argument ${argument} returned ${describe(dx)}, expected an array`);
  if (sameShape(dx.shape, x.shape) && dx.dtype === x.dtype) return;
  throw new TypeError(
    `${op}: the gradient of argument ${argument} is ${dx.dtype} ${formatShape(dx.shape)}, but the argument is ${x.dtype} ${formatShape(x.shape)}; they must be equal`,
  );
}
