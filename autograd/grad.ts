import { pullback, type TensorLike, tensorOf } from "./pullback.ts";
import type { Tensor } from "./tensor.ts";

/** Arguments as f takes them; where a gradient is taken, also arrays and numbers. */
export type Differentiated<Args extends readonly unknown[], At extends number> = {
  [I in keyof Args]: I extends `${At}` ? TensorLike : Args[I];
};

/**
 * The gradient of f: a function of the same arguments, which f must map to a scalar. `grad(f)(x)` is ∂f/∂x of the first argument,
 * `grad(f, 1)` of the second, `grad(f, [0, 1])` a list of both. It is differentiable itself: `grad(grad(f))` is f″, and gradients flow to
 * whatever f closes over; inside `noGrad` it is a constant. `.grad` is never touched. Independent of an argument: zeros, as in jax.
 * @throws ShapeError when f is not a scalar, TypeError when it is no tensor
 * @see jax.grad and `torch.func.grad`, whose `argnums` this is
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
  const places = [at].flat() as number[];
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
