import type { NDArray } from "../../np/index.ts";
import { expectArgument, functionOf, integer, listWith, ndarray, number } from "../../np/internal.ts";
import { derivatives, type Estimate } from "./derivatives.ts";
import { roundingOf } from "./noise.ts";
import { changesOf, inPlace, type Perturbed } from "./perturbed.ts";

/** ∂f/∂x at one point, with f given by its value at x + δ; see `derivatives`. */
export function derivative(f: (delta: number) => number, x: number): Estimate {
  expectArgument("derivative", "f", functionOf<typeof f>("a function of the change of x"), f);
  expectArgument("derivative", "x", number(), x);
  const before = [f(0)];
  const alone: Perturbed = {
    changes: (_, steps) => changesOf(steps, before, [1], (_, step, read) => read([f(step)])),
  };
  const rounding = roundingOf(alone, [0], () => x);
  return derivatives(alone, [0], () => x, rounding)[0] as Estimate;
}

/** The numerical gradient of chosen elements of one array. */
export interface NumericalGradient {
  /** Flat positions in the array, ascending. */
  readonly at: readonly number[];
  readonly estimates: readonly Estimate[];
}

/**
 * ∂f/∂x[i] for the elements `at` (default: all), where f reads x. Two evaluations per element
 * where f is linear, six more for a curve, and more near a kink or in noise; see `derivatives`.
 */
export function numericalGradient(f: () => number, x: NDArray, at?: readonly number[]): NumericalGradient {
  const where = "numericalGradient";
  expectArgument(where, "f", functionOf<typeof f>("a function without arguments that reads x"), f);
  expectArgument(where, "x", ndarray, x);
  if (at !== undefined)
    expectArgument(where, "at", listWith("flat positions in x", integer({ least: 0, most: x.size - 1 })), at);
  return gradientOf(
    inPlace(() => [f()], [1], x),
    x,
    at ?? everyPosition(x),
  );
}

/** ∂(Σ dy ⊙ forward())/∂x[i] for the elements `at`, output by output: a large output does not blur the small ones. */
export function numericalVjp(
  forward: () => NDArray,
  dy: NDArray,
  x: NDArray,
  at: readonly number[] = everyPosition(x),
): NumericalGradient {
  return gradientOf(
    inPlace(() => forward().flat(), dy.flat(), x),
    x,
    at,
  );
}

function everyPosition({ size }: NDArray): number[] {
  return Array.from({ length: size }, (_, i) => i);
}

function gradientOf(moved: Perturbed, x: NDArray, at: readonly number[]): NumericalGradient {
  const data = x.flat();
  const value = (i: number): number => data[i] as number;
  return { at, estimates: derivatives(moved, at, value, roundingOf(moved, at, value)) };
}
