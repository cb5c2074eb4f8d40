import { expectArgument, functionOf, integer } from "../np/internal.ts";
import { pullback, type TensorLike, tensorOf } from "./pullback.ts";
import type { Tensor } from "./tensor.ts";

/** The arguments of f; where a gradient is taken, arrays and numbers are accepted too. */
export type Differentiated<Args extends readonly unknown[], At extends number> = {
  [I in keyof Args]: I extends `${At}` ? TensorLike : Args[I];
};

/**
 * The gradient of f, as a function of the same arguments; f must return a scalar. `grad(f)(x)` is
 * ∂f/∂x for the first argument, `grad(f, 1)` for the second, and `grad(f, [0, 1])` a list of both.
 * The result is differentiable: `grad(grad(f))` is f″, and gradients flow to whatever f closes
 * over. Inside `noGrad` it is a constant. `.grad` never changes. As in jax, an argument that f does
 * not depend on gets zeros.
 * @throws ShapeError when f does not return a scalar, TypeError when it does not return a tensor
 * @see jax.grad and `torch.func.grad`, which call the second argument `argnums`
 * @example
 * const cube = (x) => x.mul(x).mul(x);
 * grad(cube)(2) // 12
 * grad(grad(cube))(2) // 12
 */
export function grad<Args extends readonly unknown[], const At extends number = 0>(
  f: (...args: Args) => Tensor,
  at?: At,
): (...args: Differentiated<Args, At>) => Tensor;
export function grad<Args extends readonly unknown[], const At extends readonly number[]>(
  f: (...args: Args) => Tensor,
  at: At,
): (...args: Differentiated<Args, At[number]>) => { -readonly [I in keyof At]: Tensor };
export function grad(
  f: (...args: unknown[]) => Tensor,
  at: number | readonly number[] = 0,
): (...args: unknown[]) => Tensor | Tensor[] {
  expectArgument("grad", "f", functionOf<typeof f>("a function of tensors"), f);
  const places = [at].flat() as number[];
  for (const place of places) expectArgument("grad", "at", integer({ least: 0 }), place);
  if (new Set(places).size < places.length) throw new RangeError(`grad: argument named twice: ${places}`);
  return (...args) => {
    for (const place of places) {
      if (place in args) continue;
      throw new RangeError(`grad: there is no argument ${place}; got ${args.length} arguments`);
    }
    const xs = places.map((place) => tensorOf(`grad: argument ${place}`, args[place]));
    const gradients = pullback("grad", (...variables) => f(...replaced(args, places, variables)), xs);
    return typeof at === "number" ? (gradients[0] as Tensor) : gradients;
  };
}

function replaced(args: readonly unknown[], places: readonly number[], by: readonly unknown[]): unknown[] {
  return args.map((arg, i) => (places.includes(i) ? by[places.indexOf(i)] : arg));
}
