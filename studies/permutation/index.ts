import { type Dataset, permutePixels } from "../../datasets/index.ts";
import { random } from "../../np/index.ts";
import type { Picture } from "../../plots/index.ts";
import { accuracy } from "../../training/index.ts";
import { type ImageOptions, imagesInPlanes } from "../images.ts";
import { scoresOf, smallCnn, smallMlp, trainInBatches } from "../small-networks.ts";
import { inPercent, measured, percent, spread, spreads } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Spread, Study, Summary } from "../study.ts";

type PermutationOptions = ImageOptions & { readonly epochs: number };

/** What is trained: a network, on images as they are or permuted, from weights of this stream. */
const runs = [
  { name: "MLP, pixels in place", network: smallMlp, lr: 5e-4, permuted: false, start: 0 },
  { name: "MLP, pixels permuted", network: smallMlp, lr: 5e-4, permuted: true, start: 0 },
  // How much other starting weights change is the noise that the permutation is held against.
  { name: "MLP, other weights", network: smallMlp, lr: 5e-4, permuted: false, start: 1 },
  { name: "CNN, pixels in place", network: smallCnn, lr: 2e-3, permuted: false, start: 0 },
  { name: "CNN, pixels permuted", network: smallCnn, lr: 2e-3, permuted: true, start: 0 },
];

/** Flattening makes an image a list. Does a network then need to know which pixels were neighbours? */
export const permutation: Study<PermutationOptions> = {
  name: "permutation",
  claims: ["flatten"],
  question: "Does one fixed permutation of all pixels matter to an MLP, and to a CNN?",
  dataset: "1,000 drawn shapes of 3 × 32 × 32; 1,000 to test",
  seeds: 5,
  options: { dataset: "shapes", images: 1000, test: 1000, epochs: 10 },
  otherDatasets: { cifar10: { dataset: "1,000 images of CIFAR-10; 1,000 to test" } },
  async run(seed, { epochs, ...wanted }, report) {
    const { train, test } = await imagesInPlanes(wanted, seed);
    const [, , height = 0, width = 0] = train.x.shape;
    const rng = random(seed);
    const order = rng.foldIn(2).permutation(height * width);
    const permute = (data: Dataset): Dataset => ({ ...data, x: permutePixels(data.x, order) });
    const row: Record<string, number> = {};
    for (const [i, { name, network, lr, permuted, start }] of runs.entries()) {
      const model = network(train, rng.foldIn(start));
      await trainInBatches(model, permuted ? permute(train) : train, {
        epochs,
        lr,
        shuffle: true,
        rng: rng.foldIn(3),
        report: (share) => report((i + share) / runs.length, name),
      });
      const scores = await scoresOf(model, permuted ? permute(test) : test);
      row[name] = accuracy(scores, test.y);
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

/** By how much the accuracy changes, seed by seed. */
function change(summary: Summary, from: string, to: string): Spread {
  const before = measured(summary, from).values;
  return spread(measured(summary, to).values.map((share, i) => share - (before[i] ?? Number.NaN)));
}

function verdict(summary: Summary): Finding {
  const mlp = change(summary, "MLP, pixels in place", "MLP, pixels permuted");
  const cnn = change(summary, "CNN, pixels in place", "CNN, pixels permuted");
  const other = change(summary, "MLP, pixels in place", "MLP, other weights");
  const noise = Math.max(...other.values.map(Math.abs));
  const seeds = cnn.values.length;
  const falls = cnn.values.filter((by) => by < -0.01 && by < -noise).length;
  const sentence =
    `One fixed permutation of all pixels takes the MLP from ${percent(measured(summary, "MLP, pixels in place"))} ` +
    `to ${percent(measured(summary, "MLP, pixels permuted"))}, where other starting weights change it by up to ` +
    `${(100 * noise).toFixed(1)} points, and the CNN from ${percent(measured(summary, "CNN, pixels in place"))} ` +
    `to ${percent(measured(summary, "CNN, pixels permuted"))}, beyond that noise in ${falls} of ${seeds} runs.`;
  if (Math.abs(mlp.median) > noise || falls <= seeds / 2) return { verdict: "not seen here", sentence };
  return { verdict: falls === seeds ? "holds" : "holds within limits", sentence };
}

function pictures(summary: Summary): readonly Picture[] {
  const of = (network: string): Record<string, Spread> =>
    Object.fromEntries(
      ["pixels in place", "pixels permuted"].map((pixels) => [
        pixels,
        inPercent(summary, `${network}, ${pixels}`),
      ]),
    );
  return [
    strips(
      { MLP: of("MLP"), CNN: of("CNN") },
      {
        title: "One fixed permutation of all pixels",
        xLabel: "network",
        yLabel: "test accuracy (%)",
      },
    ),
  ];
}
