import { type Applies, leader } from "../leader.ts";

/** Applies an op whose operands may change places, so that a number can stand on the left. */
export function symmetric<A extends Applies<A>>(
  where: string,
  op: "add" | "mul" | "maximum" | "minimum" | "logaddexp",
  a: A | number,
  b: A | number,
): A {
  const array = leader<A>(where, a, b);
  return typeof a === "number" ? array.apply(op, array, a) : array.apply(op, a, b);
}
