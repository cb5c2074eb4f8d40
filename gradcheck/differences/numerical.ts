import type { NDArray } from "../../np/index.ts";
import { expectArgument, functionOf, integer, listWith, ndarray, number } from "../../np/internal.ts";
import { derivatives, type Estimate, type Perturbed } from "./derivatives.ts";
import { noiseOf } from "./noise.ts";

/** ∂f/∂x at one point, with f given by its value at x + δ; see `derivatives`. */
export function derivative(f: (delta: number) => number, x: number): Estimate {
  expectArgument("derivative", "f", functionOf<typeof f>("a function of the change of x"), f);
  expectArgument("derivative", "x", number(), x);
  const alone = { base: f(0), evaluate: (_: Int32Array, steps: Float64Array) => steps.map(f) };
  const noise = noiseOf(alone, [0], () => x);
  return derivatives(alone, [0], () => x, noise)[0] as Estimate;
}

/** The numerical gradient of chosen elements of one array. */
export interface NumericalGradient {
  /** Flat positions in the array, ascending. */
  readonly at: readonly number[];
  readonly estimates: readonly Estimate[];
  /** The noise of one evaluation of the function; NaN if there was none. */
  readonly noise: number;
}

/**
 * f as a function of single elements of x, which is changed in place during an evaluation and then
 * restored.
 */
export function inPlace(f: () => number, x: NDArray): Perturbed {
  if (!x.isContiguous) throw new TypeError("numericalGradient: x is a strided view; pass x.copy()");
  const data = x.flat();
  const moved = (i: number, step: number): number => {
    const before = data[i] as number;
    try {
      data[i] = before + step;
      return f();
    } finally {
      data[i] = before;
    }
  };
  return {
    base: f(),
    evaluate: (elements, steps) => steps.map((step, k) => moved(elements[k] as number, step)),
  };
}

/**
 * ∂f/∂x[i] for the elements `at` (default: all), where f reads x. Two to thirty evaluations per
 * element; see `derivatives`.
 */
export function numericalGradient(f: () => number, x: NDArray, at?: readonly number[]): NumericalGradient {
  const where = "numericalGradient";
  expectArgument(where, "f", functionOf<typeof f>("a function without arguments that reads x"), f);
  expectArgument(where, "x", ndarray, x);
  if (at !== undefined)
    expectArgument(where, "at", listWith("flat positions in x", integer({ least: 0, most: x.size - 1 })), at);
  return gradientAt(f, x, at ?? Array.from({ length: x.size }, (_, i) => i));
}

function gradientAt(f: () => number, x: NDArray, at: readonly number[]): NumericalGradient {
  const moved = inPlace(f, x);
  const data = x.flat();
  const value = (i: number): number => data[i] as number;
  const noise = noiseOf(moved, at, value);
  return { at, estimates: derivatives(moved, at, value, noise), noise };
}
