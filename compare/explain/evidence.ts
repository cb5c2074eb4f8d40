import { againstExact, type Evidence, type Length, type Subject } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";

/** x, followed by constants such as a loss's target. */
export type Inputs = readonly [NDArray, ...NDArray[]];

/** A wrong gradient, and the means to compute what the right side gives in other situations. */
export interface Failure {
  /** The side that is right: the tape. */
  readonly right: Subject;
  /** Rebuilds the failing side, so that exactly one earlier run precedes the failure; without it `found` is used as given. */
  readonly left?: () => Subject;
  readonly inputs: Inputs;
  readonly dy: NDArray;
  readonly quantity: string;
  readonly found: NDArray;
  readonly expected: NDArray;
  /** Other inputs and dy of the same shapes, for an earlier forward and backward. */
  readonly earlier?: { readonly inputs: Inputs; readonly dy: NDArray };
  /** The batch axis of x; default 0. */
  readonly batchAxis?: number;
}

/** Collects everything that `diagnose` may look at. Runs the right side up to four times, so call it only for failures. */
export function evidenceFor(failure: Failure): Evidence {
  const { right, inputs, dy, quantity, expected, earlier } = failure;
  const on = (upstream: NDArray, given: Inputs): NDArray | undefined =>
    right.gradients(upstream, ...given).gradients.get(quantity);
  const forOnes = on(dy.mul(0).add(1), inputs);
  const before = earlier && on(earlier.dy, earlier.inputs);
  const forEarlier = earlier && on(dy, earlier.inputs);
  const forTransposed = transposed(right, quantity, () => on(dy, inputs));
  return {
    quantity,
    found: afterOneRun(failure) ?? failure.found,
    expected,
    dy,
    lengths: lengthsOf(failure),
    ...(forOnes && { forOnes }),
    ...(forEarlier && { forEarlier }),
    ...(before && { afterTwo: before.add(expected) }),
    ...(forTransposed && { forTransposed }),
  };
}

/** The gradient of a new object after one earlier run; undefined if that is right or throws, because then `found` tells more. */
function afterOneRun({ left, inputs, dy, quantity, expected, earlier }: Failure): NDArray | undefined {
  if (!left || !earlier) return undefined;
  const copies = (given: Inputs): Inputs => given.map((x) => x.copy()) as [NDArray, ...NDArray[]];
  try {
    const side = left();
    side.gradients(earlier.dy, ...copies(earlier.inputs));
    const found = side.gradients(dy, ...copies(inputs)).gradients.get(quantity);
    return found && !againstExact(found, expected, 1e-6).agrees ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The gradient with the only square weight transposed; undefined if there are none or several. */
function transposed(right: Subject, quantity: string, run: () => NDArray | undefined): NDArray | undefined {
  const square = [...right.parameters].filter(([, { shape }]) => shape.length === 2 && shape[0] === shape[1]);
  const [only] = square;
  if (!only || square.length > 1 || only[0] === quantity) return undefined;
  const [, weight] = only;
  const before = weight.copy();
  try {
    weight.copyFrom(before.T.copy());
    return run();
  } finally {
    weight.copyFrom(before);
  }
}

function lengthsOf({ inputs: [x], dy, batchAxis = 0 }: Failure): Length[] {
  const axes = (shape: readonly number[], what: string): Length[] =>
    shape.flatMap((length, axis) =>
      axis === batchAxis ? [] : [{ name: `the length of ${what}'s axis ${axis}`, length }],
    );
  return [
    { name: "N, the batch", length: x.shape[batchAxis] ?? 1 },
    ...axes(x.shape, "x"),
    ...axes(dy.shape, "y"),
    { name: "the number of elements of x", length: x.size },
    { name: "the number of elements of y", length: dy.size },
  ];
}
