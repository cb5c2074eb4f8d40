import { Tensor } from "../../autograd/index.ts";
import { abs, im2col, NDArray, type Window, where } from "../../np/index.ts";

/** The smallest difference between the two largest elements of a window; 0 for a tie. */
function leadOfLargest(x: NDArray, window: Window): number {
  // Shifted above 0, so that the zeros of the padding never win.
  const seen = im2col(x.sub(x.min()).add(1), window);
  const [N, C, KH, KW, OH, OW] = seen.shape as [number, number, number, number, number, number];
  const elements = seen.reshape(N, C, KH * KW, OH, OW);
  const largest = elements.max(2, true);
  const wins = elements.equal(largest);
  if (wins.sum(2).max().item() > 1) return 0;
  return largest
    .sub(where(wins, 0, elements).max(2, true))
    .min()
    .item();
}

/**
 * The distance of one op's arguments from its kink. The kink is a tie for maximum, minimum and
 * windows, and 0 for abs. For a `where` with a condition computed from tensors it is the point where
 * both branches are equal, because a continuous function changes branches there.
 */
function ofStep({ op, args }: NonNullable<Tensor["node"]>): number {
  if (!args) return Infinity;
  const arrays = args.map((arg) => (arg instanceof Tensor ? arg.data : arg)) as [NDArray, NDArray | number];
  const [a, b] = arrays;
  if (op === "maxPool2d") return leadOfLargest(a, args[1] as Window);
  if (op === "abs") return abs(a).min().item();
  if (op === "where" && args[0] instanceof Tensor) {
    const [one, other] = arrays.slice(1);
    const [array, rest] = typeof one === "number" ? [other, one] : [one, other];
    if (!(array instanceof NDArray) || rest === undefined) return Infinity;
    const apart = abs(array.sub(rest));
    return where(apart.equal(apart), apart, Infinity).min().item(); // a branch that is NaN meets no other
  }
  if (op === "maximum" || op === "minimum") return abs(a.sub(b)).min().item();
  return Infinity;
}

/** The smallest distance to a kink of `maximum`, `minimum`, `abs`, `where` or `maxPool2d` on the tape that made y; Infinity without such ops. */
export function distanceToKink(y: Tensor): number {
  const seen = new Set<Tensor>([y]);
  let nearest = Infinity;
  for (const { node } of seen) {
    if (!node) continue;
    nearest = Math.min(nearest, ofStep(node));
    for (const x of (node.args ?? []).flat()) if (x instanceof Tensor) seen.add(x);
  }
  return nearest;
}
