import { array, formatShape, NDArray, ShapeError } from "../np/index.ts";
import { describe, isFloat } from "../np/internal.ts";
import { gradients } from "./gradients.ts";
import { isRecording, type Node, reachable, recordingIs, tensorsIn } from "./tape.ts";
import { Tensor, variable } from "./tensor.ts";

/** What may stand for a tensor: an array is a constant, a number a float64 scalar. */
export type TensorLike = Tensor | NDArray | number;

/** The tensor that `x` stands for. */
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

/** What a tensor function returned, if it is a tensor. */
export function resultOf(where: string, y: unknown): Tensor {
  if (y instanceof Tensor) return y;
  throw new TypeError(`${where}: the function returned ${describe(y)}, expected a tensor`);
}

/**
 * ∂L/∂x for each x of `xs`, where y = f(xs) and dy = ∂L/∂y (default 1 for a scalar): one forward, recorded also inside `noGrad`, and one
 * backward. f gets variables of its own, so no `.grad` is touched, and a tensor that f closes over is not taken for an argument.
 * Where y was made from anything else that requires a gradient, the xs' own origins among it, the result is on the tape. A dy that is
 * on the tape must come with xs that are.
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
  if (dy === undefined && y.size !== 1)
    throw new ShapeError(
      `${where}: the function returned shape ${formatShape(y.shape)}, expected a scalar; take .sum() or .mean()`,
    );
  const createGraph = isRecording() && usesOthers(y, variables);
  return gradients(y, variables, dy, { createGraph, materializeGrads: true });
}

/** Whether y was made from anything that requires a gradient and is older than the variables: what f closes over, and what they are of. */
function usesOthers(y: Tensor, variables: readonly Tensor[]): boolean {
  const since = Math.min(...variables.map((x) => (x.node as Node).time)) - 1;
  return reachable(y, since).some((result) => {
    const { args } = result.node as Node;
    return !args || tensorsIn(args).some((x) => x.requiresGrad && (x.node?.time ?? 0) <= since);
  });
}
