import type { NDArray } from "../np/index.ts";

/** A derivative found by evaluating the function only, with an estimate of its own error. */
export interface Estimate {
  readonly value: number;
  /** Of truncation and rounding together. */
  readonly error: number;
  /** Whether the function seems to bend sharply within the widest step: the step was then made smaller. */
  readonly kink: boolean;
}

/** Relative to max(1, |x|). Wide: rounding spoils the difference by ε·|f| / h only, and extrapolation removes h². */
const widestStep = 1e-3;
/** A step this small sees a kink only if x sits on it. */
const narrowestStep = 1e-6;
/** The rounding error of one evaluation, relative to the value: a few hundred operations of 2⁻⁵³ each. */
const roundingError = 1e-14;

/**
 * ∂f/∂x by central differences at h and h/2 and Richardson's extrapolation, (4 D(h/2) − D(h)) / 3, which leaves an error of h⁴.
 * Where the two differ by more than a smooth function's would, a kink is near and h shrinks tenfold, down to 1e-6.
 * @param f the function along one coordinate: its value at x + δ
 * @see Press et al., "Numerical Recipes", 3rd ed. 2007, section 5.7
 */
export function derivative(f: (delta: number) => number, x: number): Estimate {
  const scale = Math.max(1, Math.abs(x));
  let kink = false;
  for (let step = widestStep; ; step /= 10) {
    const h = step * scale;
    const values = [f(h), f(-h), f(h / 2), f(-h / 2)] as const;
    const wide = (values[0] - values[1]) / (2 * h);
    const narrow = (values[2] - values[3]) / h;
    const noise = (roundingError * Math.max(...values.map(Math.abs))) / h;
    const value = (4 * narrow - wide) / 3;
    const bend = Math.abs(narrow - wide);
    const size = Math.abs(value);
    // A larger bend is a smooth function's only if it falls with h²; a kink within the step would spoil the extrapolation.
    const smooth =
      bend <= 1e-5 * size + 1e-7 + 10 * noise ||
      (bend <= 1e-4 * size + 1e-6 + 10 * noise && fallsWithSquare(bend, narrow, f, h, noise));
    if (smooth || step <= narrowestStep || Number.isNaN(value))
      return { value, error: bend / 15 + noise, kink };
    kink = true;
  }
}

/** Whether from h/2 to h/4 the difference changes by a quarter of what it changed by from h to h/2. */
function fallsWithSquare(
  bend: number,
  narrow: number,
  f: (delta: number) => number,
  h: number,
  noise: number,
): boolean {
  const quarter = (f(h / 4) - f(-h / 4)) / (h / 2);
  return Math.abs(Math.abs(quarter - narrow) - bend / 4) <= bend / 40 + 10 * noise;
}

/** The numerical gradient of chosen elements of one array. */
export interface NumericalGradient {
  /** Flat positions in the array, ascending. */
  readonly at: readonly number[];
  readonly estimates: readonly Estimate[];
}

/**
 * ∂f/∂x[i] for the elements `at` (default: all), where f reads x. The array is changed in place while f is evaluated, one element
 * at a time, and put back.
 */
export function numericalGradient(
  f: () => number,
  x: NDArray,
  at: readonly number[] = Array.from({ length: x.size }, (_, i) => i),
): NumericalGradient {
  if (!x.isContiguous) throw new TypeError("numericalGradient: x is a strided view; pass x.copy()");
  const data = x.flat();
  const estimates = at.map((i) => {
    const before = data[i] as number;
    try {
      return derivative((delta) => {
        data[i] = before + delta;
        return f();
      }, before);
    } finally {
      data[i] = before;
    }
  });
  return { at, estimates };
}
