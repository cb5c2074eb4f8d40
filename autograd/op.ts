import type { NDArray } from "../np/index.ts";
import { expectArgument, functionOf, orNull } from "../np/internal.ts";
import { record, type Tensor } from "./tensor.ts";

/**
 * The tensor version of an argument: where the forward takes an array, a tensor or a constant
 * array.
 */
type Lifted<Arg> = NDArray extends Arg ? Arg | Tensor : Arg;

/**
 * One rule per array argument, in order; null declares the argument constant. A missing rule does
 * not compile.
 */
export type OpVjps<
  Args extends readonly unknown[],
  Left extends readonly unknown[] = Args,
> = Left extends readonly [infer Head, ...infer Tail]
  ? NDArray extends Head
    ? [((dy: NDArray, ...rest: [...args: Args, y: NDArray]) => NDArray) | null, ...OpVjps<Args, Tail>]
    : OpVjps<Args, Tail>
  : [];

const aRule = orNull(functionOf("a function of dy and the arguments"), "a constant argument");

/**
 * Defines a new primitive from a forward on arrays and, for each array argument (these come first),
 * the vjp dx = dy · ∂y/∂x: `const cube = op((x: NDArray) => x.mul(x).mul(x), (dy, x) =>
 * dy.mul(x).mul(x).mul(3))`.
 * A vjp written with methods that arrays and tensors share also works under `createGraph`.
 * @example
 * const cube = op((x) => x.mul(x).mul(x), (dy, x) => dy.mul(x).mul(x).mul(3));
 * grad(cube)(2) // 12
 */
export function op<Args extends readonly unknown[]>(
  forward: (...args: Args) => NDArray,
  ...vjps: OpVjps<Args>
): (...args: { [I in keyof Args]: Lifted<Args[I]> }) => Tensor {
  expectArgument("op", "forward", functionOf<typeof forward>("a function of arrays"), forward);
  for (const [i, vjp] of vjps.entries()) expectArgument("op", `vjps[${i}]`, aRule, vjp);
  const name = forward.name || "op";
  return (...args) =>
    record(name, vjps as readonly null[], args, forward as unknown as (...args: unknown[]) => NDArray);
}
