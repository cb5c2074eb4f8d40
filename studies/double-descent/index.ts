import { linalg, oneHot, random } from "../../np/index.ts";
import { expectArgument, listOf, yieldToEventLoop } from "../../np/internal.ts";
import type { Picture } from "../../plots/index.ts";
import { accuracy } from "../../training/index.ts";
import { curves } from "../curves.ts";
import { type ImageOptions, imagesOf } from "../images.ts";
import { inPercent, measured, numbersIn, percent, spreads } from "../spread.ts";
import type { Finding, Spread, Study, Summary } from "../study.ts";
import { randomFeatures } from "./random-features.ts";

type DescentOptions = ImageOptions & {
  /** Numbers of random features; around the number of images the error peaks. */
  readonly features: readonly number[];
};

/** One number alone has no peak. */
const twoOrMore = listOf<readonly number[]>(
  "a list of two or more whole numbers, each 1 or more",
  { least: 1 },
  { least: 2 },
);

/** Singular values below this share of the largest count as 0. */
const rcond = 1e-10;

/** More parameters than data: random ReLU features with least squares on top. */
export const doubleDescent: Study<DescentOptions> = {
  name: "double-descent",
  claims: ["bias-variance", "fewer-parameters"],
  question: "Do more parameters overfit more, once there are more of them than images?",
  dataset: "100 drawn digits, 28 × 28; 1,000 to test",
  seeds: 5,
  options: {
    dataset: "digits",
    images: 100,
    test: 1000,
    features: [10, 20, 40, 60, 80, 100, 120, 150, 200, 400, 800, 1600],
  },
  otherDatasets: {
    mnist: {
      dataset: "200 images of MNIST; 2,000 to test",
      options: {
        images: 200,
        test: 2000,
        features: [10, 20, 40, 80, 120, 160, 200, 240, 300, 400, 800, 1600, 3200],
      },
    },
  },
  async run(seed, { features, ...wanted }, report) {
    expectArgument("double-descent", "features", twoOrMore, features);
    const { train, test } = await imagesOf(wanted, seed);
    const rng = random(seed);
    const row: Record<string, number> = { images: wanted.images };
    for (const [i, count] of features.entries()) {
      const lift = randomFeatures(train.x.shape[1] ?? 0, count, rng);
      const weights = linalg.lstsq(lift(train.x), oneHot(train.y, train.classes.length), rcond).x;
      row[`${count} features: test error`] = 1 - accuracy(lift(test.x).matmul(weights), test.y);
      row[`${count} features: training error`] = 1 - accuracy(lift(train.x).matmul(weights), train.y);
      report((i + 1) / features.length, `${count} features`);
      await yieldToEventLoop();
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

/** The number of features is in the name of this measurement. */
const testErrorName = /^(\d+) features: test error$/;

function verdict(summary: Summary): Finding {
  const counts = numbersIn(summary, testErrorName);
  const error = (count: number): number => measured(summary, `${count} features: test error`).median;
  const said = (count: number): string => percent(measured(summary, `${count} features: test error`));
  const largest = counts.at(-1) ?? 0;
  // The smallest net errs because it is small: that is not a peak.
  const peak = counts.slice(1).reduce((a, b) => (error(b) > error(a) ? b : a), counts[1] ?? largest);
  const before = counts.filter((count) => count < peak);
  const best = before.reduce((a, b) => (error(b) < error(a) ? b : a), before[0] ?? peak);
  const sentence = `Test error is ${said(best)} with ${best} features, ${said(peak)} with ${peak}, and ${said(largest)} with ${largest}.`;
  const rises = error(peak) > error(best) + 0.02;
  const descends = error(largest) < error(peak) - 0.02;
  if (rises && descends)
    return {
      verdict: "holds within limits",
      sentence: `${sentence} Fewer parameters overfit less only up to as many parameters as images; beyond, more of them help.`,
    };
  return { verdict: rises ? "holds" : "not seen here", sentence };
}

function pictures(summary: Summary): readonly Picture[] {
  const counts = numbersIn(summary, testErrorName);
  const images = measured(summary, "images").median;
  const of = (what: string): Spread[] =>
    counts.map((count) => inPercent(summary, `${count} features: ${what}`));
  return [
    curves(
      { test: of("test error"), training: of("training error") },
      {
        title: `A second descent: ${images} images, random features`,
        x: counts,
        xLabel: "random features (log scale)",
        yLabel: "error (%)",
        marks: [{ at: images, text: "one feature for each image" }],
      },
    ),
  ];
}
