import type { NDArray } from "../../np/index.ts";
import { derivatives, type Estimate, type Perturbed } from "./derivatives.ts";
import { noiseOf } from "./noise.ts";

/** ∂f/∂x at one place, f being given by its value at x + δ: see `derivatives`. */
export function derivative(f: (delta: number) => number, x: number): Estimate {
  const alone = { base: f(0), evaluate: (_: Int32Array, steps: Float64Array) => steps.map(f) };
  const noise = noiseOf(alone, [0], () => x);
  return derivatives(alone, [0], () => x, noise)[0] as Estimate;
}

/** The numerical gradient of chosen elements of one array. */
export interface NumericalGradient {
  /** Flat positions in the array, ascending. */
  readonly at: readonly number[];
  readonly estimates: readonly Estimate[];
  /** The noise of one evaluation of the function; NaN where none was made. */
  readonly noise: number;
}

/** f as a function of single elements of x, which is changed in place during an evaluation and restored afterwards. */
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

/** ∂f/∂x[i] for the elements `at` (default: all), where f reads x: two to thirty evaluations for each, see `derivatives`. */
export function numericalGradient(
  f: () => number,
  x: NDArray,
  at: readonly number[] = Array.from({ length: x.size }, (_, i) => i),
): NumericalGradient {
  const moved = inPlace(f, x);
  const data = x.flat();
  const value = (i: number): number => data[i] as number;
  const noise = noiseOf(moved, at, value);
  return { at, estimates: derivatives(moved, at, value, noise), noise };
}
