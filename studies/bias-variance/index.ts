import { array, linalg, linspace, type NDArray, type Random, random, stack } from "../../np/index.ts";
import { yieldToEventLoop } from "../../np/internal.ts";
import { line, type Picture } from "../../plots/index.ts";
import { measured, plain, spreads } from "../spread.ts";
import type { Finding, Study, Summary } from "../study.ts";

type BiasVarianceOptions = {
  readonly degrees: readonly number[];
  /** Sets of noisy points; each is fitted once for each degree. */
  readonly fits: number;
  readonly points: number;
  readonly noise: number;
};

/** Polynomials on a noisy curve: what part of the error is bias, and what part variance. */
export const biasVariance: Study<BiasVarianceOptions> = {
  name: "bias-variance",
  claims: ["bias-variance", "fewer-parameters"],
  question: "Does the test error fall, then rise with complexity, as bias falls and variance rises?",
  dataset: "20 points of sin 2πx on [0, 1] with noise of 0.3, drawn 50 times",
  seeds: 5,
  options: { degrees: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], fits: 50, points: 20, noise: 0.3 },
  async run(seed, { degrees, fits, points, noise }, report) {
    const rng = random(seed);
    const judge = linspace(0, 1, 101);
    const truth = curve(judge);
    const samples = Array.from({ length: fits }, () => noisy(points, noise, rng));
    const row: Record<string, number> = {};
    for (const [i, degree] of degrees.entries()) {
      const predictions: NDArray[] = [];
      let training = 0;
      for (const { x, y } of samples) {
        const features = legendre(x, degree);
        const weights = linalg.lstsq(features, y).x;
        training += features.matmul(weights).sub(y).pow(2).mean().item() / fits;
        predictions.push(legendre(judge, degree).matmul(weights));
        await yieldToEventLoop();
      }
      const all = stack(predictions); // (fits, 101)
      const mean = all.mean(0);
      const bias = mean.sub(truth).pow(2).mean().item();
      const variance = all.sub(mean).pow(2).mean().item();
      row[`degree ${degree}: bias²`] = bias;
      row[`degree ${degree}: variance`] = variance;
      row[`degree ${degree}: test error`] = bias + variance + noise ** 2;
      row[`degree ${degree}: training error`] = training;
      report((i + 1) / degrees.length, `degree ${degree}`);
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

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

function degreesOf(summary: Summary): number[] {
  return Object.keys(summary).flatMap((name) =>
    name.endsWith(": bias²") ? [Number(/\d+/.exec(name)?.[0])] : [],
  );
}

function verdict(summary: Summary): Finding {
  const degrees = degreesOf(summary);
  const of = (degree: number, what: string): number => measured(summary, `degree ${degree}: ${what}`).median;
  const best = degrees.reduce((a, b) => (of(b, "test error") < of(a, "test error") ? b : a));
  const [first = 0, last = 0] = [degrees[0], degrees.at(-1)];
  const error = (degree: number): string => plain(measured(summary, `degree ${degree}: test error`));
  const isU = best > first && best < last;
  const isTraded = of(last, "bias²") < of(first, "bias²") && of(last, "variance") > of(first, "variance");
  const sentence =
    `Test error is ${error(first)} at degree ${first}, ${error(best)} at degree ${best} and ${error(last)} at degree ${last}; ` +
    `bias² falls from ${plain(measured(summary, `degree ${first}: bias²`))} to ${plain(measured(summary, `degree ${last}: bias²`))}, ` +
    `variance rises from ${plain(measured(summary, `degree ${first}: variance`))} to ${plain(measured(summary, `degree ${last}: variance`))}.`;
  return { verdict: isU && isTraded ? "holds" : "not seen here", sentence };
}

function pictures(summary: Summary): readonly Picture[] {
  const degrees = degreesOf(summary);
  const runs = (what: string): number[][] => {
    const spreads = degrees.map((degree) => measured(summary, `degree ${degree}: ${what}`).values);
    return (spreads[0] ?? []).map((_, seed) => spreads.map((values) => values[seed] ?? Number.NaN));
  };
  return [
    line(
      degrees,
      {
        "test error": runs("test error"),
        "bias²": runs("bias²"),
        variance: runs("variance"),
        "training error": runs("training error"),
      },
      {
        title: "Bias and variance of polynomials",
        xLabel: "degree of the polynomial",
        yLabel: "mean squared error",
      },
    ),
  ];
}
