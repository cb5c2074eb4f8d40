import { array, linalg, linspace, type NDArray, type Random, random, stack } from "../../np/index.ts";
import { integer, listOf, number, type OptionTable, optional, settleOptions } from "../../np/internal.ts";

/** What polynomials of one degree get wrong, as mean squared errors. */
export interface PolynomialFit {
  readonly degree: number;
  /** Of the mean of all fits, against the curve. */
  readonly bias2: number;
  /** Of the fits, around their mean. */
  readonly variance: number;
  /** bias² + variance + noise². */
  readonly testError: number;
  readonly trainingError: number;
  /** The fits on 101 points of [0, 1]. Shapes: (fits, 101). */
  readonly curves: NDArray;
}

export interface PolynomialFitsOptions {
  /** Default 0, 1, …, 12. */
  readonly degrees?: readonly number[];
  /** Sets of noisy points; each is fitted once for each degree. Default 50. */
  readonly fits?: number;
  /** Points of a set. Default 20. */
  readonly points?: number;
  /** The standard deviation of the noise. Default 0.3. */
  readonly noise?: number;
  /** Default 0. */
  readonly seed?: number;
}

const options: OptionTable<PolynomialFitsOptions> = {
  degrees: optional(
    listOf<readonly number[]>("a list of whole numbers in 0 … 100", { least: 0, most: 100 }, { least: 1 }),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  ),
  fits: optional(integer({ least: 1 }), 50),
  points: optional(integer({ least: 2 }), 20),
  noise: optional(number({ least: 0 }), 0.3),
  seed: optional(integer({ least: 0 }), 0),
};

/**
 * Fits polynomials to sets of noisy points of sin 2πx by least squares, and parts their error:
 * bias², how far the mean fit is off, and variance, how far the fits differ.
 * @example polynomialFits({ degrees: [1, 9], fits: 10 }).map(({ degree }) => degree) // [1, 9]
 */
export function polynomialFits(given: PolynomialFitsOptions = {}): PolynomialFit[] {
  const contract = { name: "polynomialFits", positional: {}, options };
  const { degrees, fits, points, noise, seed } = settleOptions("polynomialFits", contract, given);
  const rng = random(seed);
  const judge = linspace(0, 1, 101);
  const truth = curve(judge);
  const samples = Array.from({ length: fits }, () => noisy(points, noise, rng));
  return degrees.map((degree) => {
    const predictions: NDArray[] = [];
    let trainingError = 0;
    for (const { x, y } of samples) {
      const features = legendre(x, degree);
      const weights = linalg.lstsq(features, y).x;
      trainingError += features.matmul(weights).sub(y).pow(2).mean().item() / fits;
      predictions.push(legendre(judge, degree).matmul(weights));
    }
    const curves = stack(predictions);
    const mean = curves.mean(0);
    const bias2 = mean.sub(truth).pow(2).mean().item();
    const variance = curves.sub(mean).pow(2).mean().item();
    return { degree, bias2, variance, testError: bias2 + variance + noise ** 2, trainingError, curves };
  });
}

function curve(x: NDArray): NDArray {
  return array([...x.flat()].map((at) => Math.sin(2 * Math.PI * at)));
}

/** Points on the curve, evenly spread, with noise in y. Shapes: (N,). */
function noisy(n: number, noise: number, rng: Random): { readonly x: NDArray; readonly y: NDArray } {
  const x = linspace(0, 1, n);
  return { x, y: curve(x).add(rng.normal(0, noise, [n])) };
}

/**
 * Legendre's polynomials up to a degree at x in [0, 1], a basis of all polynomials that keeps
 * least squares accurate. Shapes: (N,) → (N, degree + 1).
 */
function legendre(x: NDArray, degree: number): NDArray {
  const rows = [...x.flat()].map((at) => {
    const t = 2 * at - 1;
    const values = [1, t];
    for (let n = 1; n < degree; n++)
      values.push(((2 * n + 1) * t * (values[n] ?? 0) - n * (values[n - 1] ?? 0)) / (n + 1));
    return values.slice(0, degree + 1);
  });
  return array(rows);
}
