import { againstExact, type Evidence, namedLengths, type Subject } from "../../gradcheck/internal.ts";
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
  /** The right side's options that are numbers. */
  readonly constants?: ReadonlyMap<string, number>;
}

/** Collects everything that `diagnose` may look at. Runs the right side up to four times, so call it only for failures. */
export function evidenceFor(failure: Failure): Evidence {
  const { right, inputs, dy, quantity, expected, earlier, constants } = failure;
  const on = (upstream: NDArray, given: Inputs): NDArray | undefined =>
    right.gradients(upstream, ...given).gradients.get(quantity);
  const forOnes = on(dy.mul(0).add(1), inputs);
  const before = earlier && on(earlier.dy, earlier.inputs);
  const forEarlier = earlier && on(dy, earlier.inputs);
  const run = (): NDArray | undefined => on(dy, inputs);
  const forTransposed = withChanged(right, quantity, isSquare, ({ T }) => T, run);
  const forTurned = withChanged(right, quantity, isKernel, turned, run);
  return {
    quantity,
    found: afterOneRun(failure) ?? failure.found,
    expected,
    dy,
    lengths: namedLengths(failure.inputs[0], dy, failure.batchAxis),
    inputs,
    y: right.forward(...inputs),
    parameters: right.parameters,
    ...(constants && { constants }),
    right: (upstream, ...given) => right.gradients(upstream, ...given).gradients.get(quantity),
    ...(forOnes && { forOnes }),
    ...(forEarlier && { forEarlier }),
    ...(before && { afterTwo: before.add(expected) }),
    ...(forTransposed && { forTransposed }),
    ...(forTurned && { forTurned }),
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

function isSquare({ shape }: NDArray): boolean {
  return shape.length === 2 && shape[0] === shape[1];
}

function isKernel({ shape }: NDArray): boolean {
  return shape.length >= 3;
}

/** A kernel (M, C, …) turned by 180°: all axes but the first two reversed. */
function turned(weight: NDArray): NDArray {
  const copy = weight.copy();
  const size = weight.shape.slice(2).reduce((product, n) => product * n, 1);
  const flat = copy.flat();
  for (let at = 0; at < flat.length; at += size) flat.subarray(at, at + size).reverse();
  return copy;
}

/** The gradient with the only parameter of a kind changed; undefined if there are none or several, or it is the quantity. */
function withChanged(
  right: Subject,
  quantity: string,
  isKind: (parameter: NDArray) => boolean,
  change: (parameter: NDArray) => NDArray,
  run: () => NDArray | undefined,
): NDArray | undefined {
  const [only, ...others] = [...right.parameters].filter(([, value]) => isKind(value));
  if (!only || others.length > 0 || only[0] === quantity) return undefined;
  const [, weight] = only;
  const before = weight.copy();
  try {
    weight.copyFrom(change(before).copy());
    return run();
  } finally {
    weight.copyFrom(before);
  }
}

/** The numbers in an object's fields, by name, and the products of lists of numbers, such as a kernel's size. */
export function constantsOf(side: object): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(side).flatMap(([name, value]): [string, number][] => {
      if (typeof value === "number") return [[name, value]];
      const isList =
        Array.isArray(value) && value.length > 1 && value.every((one) => typeof one === "number");
      return isList
        ? [[`the product of ${name}`, value.reduce((product: number, one: number) => product * one, 1)]]
        : [];
    }),
  );
}

/** What `diagnoseForward` may look at: a wrong y, and the right one. */
export function forwardEvidence(
  found: NDArray,
  { right, inputs, batchAxis = 0, constants }: Pick<Failure, "right" | "inputs" | "batchAxis" | "constants">,
): Evidence {
  const expected = right.forward(...inputs);
  const lengths = namedLengths(inputs[0], expected, batchAxis);
  return {
    quantity: "y",
    found,
    expected,
    inputs,
    lengths,
    parameters: right.parameters,
    ...(constants && { constants }),
  };
}
