import { array, formatShape, NDArray, ShapeError } from "../np/index.ts";
import { describe, isFloat } from "../np/internal.ts";
import { gradients } from "./gradients.ts";
import { isRecording, type Node, reachable, recordingIs, tensorsIn } from "./tape.ts";
import { Tensor, variable } from "./tensor.ts";

/** A value accepted as a tensor: an array is a constant, a number a float64 scalar. */
export type TensorLike = Tensor | NDArray | number;

/** Converts x to a tensor. @throws TypeError for anything that has no gradient */
export function tensorOf(where: string, x: unknown): Tensor {
  const data = typeof x === "number" ? array(x) : x;
  const found = data instanceof NDArray ? new Tensor(data) : data;
  if (!(found instanceof Tensor))
    throw new TypeError(`${where} is ${describe(x)}; expected a tensor, an array or a number`);
  if (!isFloat(found.dtype))
    throw new TypeError(
      `${where} is ${found.dtype}; only float64 and float32 have gradients: x.astype("float64")`,
    );
  return found;
}

/** Returns y if it is a tensor. @throws TypeError if it is not */
export function resultOf(where: string, y: unknown): Tensor {
  if (y instanceof Tensor) return y;
  throw new TypeError(`${where}: the function returned ${describe(y)}, expected a tensor`);
}

/**
 * ∂L/∂x for each x in `xs`, where y = f(xs) and dy = ∂L/∂y (default 1 for a scalar): one forward,
 * recorded even inside `noGrad`, and one backward. f receives fresh variables, so no `.grad`
 * changes, and a tensor that f closes over is not mistaken for an argument.
 * If y also depends on other tensors that require a gradient, including the origins of the xs, the
 * result is on the tape. A dy on the tape is allowed only if xs are on it too.
 */
export function pullback(
  where: string,
  f: (...xs: Tensor[]) => Tensor,
  xs: readonly Tensor[],
  dy?: Tensor | NDArray,
): Tensor[] {
  const variables = xs.map(variable);
  const y = resultOf(
    where,
    recordingIs(where, true, () => f(...variables)),
  );
  if (dy === undefined && y.numel() !== 1)
    throw new ShapeError(
      `${where}: the function returned shape ${formatShape(y.shape)}, expected a scalar; take .sum() or .mean()`,
    );
  const createGraph = isRecording() && usesOthers(y, variables);
  return gradients(y, variables, dy, { createGraph, materializeGrads: true });
}

/**
 * Whether y depends on tensors that require a gradient and are older than the variables: those that
 * f closes over, and those that the variables copy.
 */
function usesOthers(y: Tensor, variables: readonly Tensor[]): boolean {
  const since = Math.min(...variables.map((x) => (x.node as Node).time)) - 1;
  return reachable(y, since).some((result) => {
    const { args } = result.node as Node;
    return !args || tensorsIn(args).some((x) => x.requiresGrad && (x.node?.time ?? 0) <= since);
  });
}
