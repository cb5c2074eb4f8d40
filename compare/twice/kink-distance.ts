import { Tensor } from "../../autograd/index.ts";
import { abs, type NDArray } from "../../np/index.ts";

/** How far the arguments of one step are from where its op bends: a tie of maximum or minimum, 0 for abs. */
function ofStep({ op, args }: NonNullable<Tensor["node"]>): number {
  if (!args) return Infinity;
  const [a, b] = args.map((arg) => (arg instanceof Tensor ? arg.data : arg)) as [NDArray, NDArray | number];
  if (op === "abs") return abs(a).min().item();
  if (op === "maximum" || op === "minimum") return abs(a.sub(b)).min().item();
  return Infinity;
}

/** How near the tape that made y comes to a kink of `maximum`, `minimum` or `abs`, in the values of their arguments; Infinity without. */
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
