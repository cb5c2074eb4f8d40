import { yieldToEventLoop } from "../../np/internal.ts";
import { line, type Picture } from "../../plots/index.ts";
import { measured, numbersIn, plain, spreads } from "../spread.ts";
import type { Finding, Study, Summary } from "../study.ts";
import { polynomialFits } from "./polynomial-fits.ts";

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
  async run(seed, options, report) {
    const row: Record<string, number> = {};
    for (const { degree, bias2, variance, testError, trainingError } of polynomialFits({
      ...options,
      seed,
    })) {
      row[`degree ${degree}: bias²`] = bias2;
      row[`degree ${degree}: variance`] = variance;
      row[`degree ${degree}: test error`] = testError;
      row[`degree ${degree}: training error`] = trainingError;
    }
    report(1, "all degrees");
    await yieldToEventLoop();
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

/** The degree is in the name of this measurement. */
const biasName = /^degree (\d+): bias²$/;

function verdict(summary: Summary): Finding {
  const degrees = numbersIn(summary, biasName);
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
  const degrees = numbersIn(summary, biasName);
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
