import { formatShape, NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import { type Node, reachable } from "./tape.ts";
import { Tensor } from "./tensor.ts";

/**
 * Prints the tape that made a tensor, in the order of computation, one step per line: `#3 matmul(#1
 * (4, 2), leaf (2, 3)) → (4, 3)`. Read from the bottom up, it is the order of `backward`.
 */
export function printTape(root: Tensor): string {
  if (!(root instanceof Tensor))
    throw new TypeError(`printTape: root is ${describe(root)}, expected a tensor`);
  const shown = (arg: unknown): string => {
    if (Array.isArray(arg)) return `[${arg.map(shown).join(", ")}]`;
    if (arg instanceof NDArray) return `constant ${formatShape(arg.shape)}`;
    if (!(arg instanceof Tensor)) return String(arg);
    return `${arg.node ? `#${arg.node.time - first}` : arg.requiresGrad ? "leaf" : "constant"} ${formatShape(arg.shape)}`;
  };
  const steps = reachable(root).reverse();
  const first = (steps[0]?.node?.time ?? 1) - 1;
  if (steps.length === 0) return "empty tape: this tensor is a leaf";
  return steps
    .map((y) => {
      const { time, op, args } = y.node as Node;
      return `#${time - first} ${op}(${args ? args.map(shown).join(", ") : "used up"}) → ${formatShape(y.shape)}`;
    })
    .join("\n");
}
