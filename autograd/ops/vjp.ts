import type { Operators, OpName, Signatures } from "../../np/index.ts";

/**
 * The derivative sheet. A vector-Jacobian product takes dy = ∂L/∂y and returns dx = ∂L/∂x for one
 * array argument x of y = f(…). It also receives the arguments and y. It uses only methods that
 * arrays and tensors share, so it can be differentiated itself.
 */
export type Vjp<K extends OpName> = <A extends Operators<A>>(
  dy: A,
  ...rest: [...args: Signatures<A>[K], y: A]
) => A;

/** The same for an argument that is a list of arrays: one dx for each. */
export type ListVjp<K extends OpName> = <A extends Operators<A>>(
  dy: A,
  ...rest: [...args: Signatures<A>[K], y: A]
) => A[];

declare const differentiable: unique symbol;
declare const constant: unique symbol;
interface Differentiable {
  [differentiable]: true;
}
interface Constant {
  [constant]: true;
}
type PerArray<K extends OpName, Args extends readonly unknown[]> = Args extends readonly [
  infer Head,
  ...infer Tail,
]
  ? Head extends readonly Differentiable[]
    ? [ListVjp<K>, ...PerArray<K, Tail>]
    : Differentiable extends Head
      ? [Vjp<K>, ...PerArray<K, Tail>]
      : Constant extends Head
        ? [null, ...PerArray<K, Tail>]
        : PerArray<K, Tail>
  : [];

/** One rule per array argument of every primitive, null for a constant one. A missing rule does not compile. */
export type Ops = {
  readonly [K in OpName]: readonly [...PerArray<K, Signatures<Differentiable, Constant>[K]>];
};
