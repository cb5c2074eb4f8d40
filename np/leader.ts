import { describe } from "./arguments/describe.ts";
import { describeOperand } from "./arguments/describe-operand.ts";
import type { ConstantName, ConstantSignatures, OpName, Signatures } from "./signatures.ts";

/** Anything that knows how to apply a primitive: an NDArray, or autograd's Tensor. */
export interface Applies<A> {
  readonly priority: number;
  apply<K extends OpName>(op: K, ...args: Signatures<A>[K]): A;
  applyConstant<K extends ConstantName>(op: K, ...args: ConstantSignatures<A>[K]): A;
}

/** The operand whose `apply` runs: a tensor wins over an array, an array over a number. */
export function leader<A extends Applies<A>>(where: string, ...operands: readonly unknown[]): A {
  let found: A | null = null;
  for (const operand of operands as (A | null | undefined)[]) {
    if (typeof operand?.apply === "function" && typeof operand.priority === "number") {
      if (!found || operand.priority > found.priority) found = operand;
    }
  }
  if (!found)
    throw new TypeError(
      `${where}: expected an array, got ${operands.map(describeOperand).join(" and ") || "none"}`,
    );
  return found;
}

/** The leader of a list of arrays. @throws TypeError for anything but a list, such as the first of several arrays */
export function leaderOf<A extends Applies<A>>(where: string, xs: readonly A[]): A {
  if (Array.isArray(xs)) return leader<A>(where, ...xs);
  throw new TypeError(`${where}: expected a list of arrays, got ${describe(xs)}; write ${where}([a, b])`);
}

/**
 * @throws TypeError if `axes` is empty, which makes mean and std constants, and one of them is a
 * tensor: its gradient would be lost
 */
export function checkConstants<A extends Applies<A>>(
  where: string,
  axes: readonly number[],
  ...given: unknown[]
): void {
  if (!Array.isArray(axes))
    throw new TypeError(`${where}: axes is ${describe(axes)}; expected a list of axes`);
  if (axes.length > 0 || given.every((x) => ((x as A | null)?.priority ?? 0) === 0)) return;
  throw new TypeError(
    `${where}: without axes, mean and std are constants, and a tensor's gradient would be lost; pass its values (mean.data), or the axes over which they were computed from x`,
  );
}
