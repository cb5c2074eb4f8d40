import { Tensor } from "../../autograd/index.ts";
import { abs, type NDArray } from "../../np/index.ts";

/**
 * How far the arguments of one step are from where its op bends: a tie of maximum or minimum, 0 for abs, and for a `where` whose condition
 * was computed from tensors the place where both branches are equal, since there a continuous function passes from one to the other.
 */
function ofStep({ op, args }: NonNullable<Tensor["node"]>): number {
  if (!args) return Infinity;
  const arrays = args.map((arg) => (arg instanceof Tensor ? arg.data : arg)) as [NDArray, NDArray | number];
  const [a, b] = arrays;
  if (op === "abs") return abs(a).min().item();
  if (op === "where" && args[0] instanceof Tensor) {
    const [, one, other] = arrays as unknown as [NDArray, NDArray | number, NDArray | number];
    const [array, rest] = typeof one === "number" ? [other as NDArray, one] : [one, other];
    return abs(array.sub(rest)).min().item();
  }
  if (op === "maximum" || op === "minimum") return abs(a.sub(b)).min().item();
  return Infinity;
}

/** How near the tape that made y comes to a kink of `maximum`, `minimum`, `abs` or `where`, in the values of their arguments; Infinity without. */
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
