import type { Dataset } from "../../datasets/index.ts";
import { argsort, type NDArray, random, take } from "../../np/index.ts";
import type { Picture } from "../../plots/index.ts";
import { accuracy, predictions } from "../../training/index.ts";
import { type ImageOptions, imagesInPlanes } from "../images.ts";
import { scoresOf, smallCnn, trainInBatches } from "../small-networks.ts";
import { inPercent, measured, percent, plain, seedsAbove, spreads } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Study, Summary } from "../study.ts";

type ShuffleOptions = ImageOptions & { readonly epochs: number };

const [sorted, once, always] = ["sorted by class", "shuffled once", "shuffled every epoch"];

/** The data loader shuffles. What does a network lose when it does not? */
export const shuffle: Study<ShuffleOptions> = {
  name: "shuffle",
  claims: ["shuffling"],
  question: "What does training lose with batches sorted by class, and with one order for all epochs?",
  dataset: "1,000 drawn shapes of 3 × 32 × 32; 1,000 to test",
  seeds: 5,
  options: { dataset: "shapes", images: 1000, test: 1000, epochs: 10 },
  otherDatasets: { cifar10: { dataset: "1,000 images of CIFAR-10; 1,000 to test" } },
  async run(seed, { epochs, ...wanted }, report) {
    const { train, test } = await imagesInPlanes(wanted, seed);
    const rng = random(seed);
    const mixed = inOrder(train, rng.foldIn(1).permutation(train.y.size));
    const ways = [
      { name: sorted, data: inOrder(train, argsort(train.y)), shuffle: false },
      { name: once, data: mixed, shuffle: false },
      { name: always, data: mixed, shuffle: true },
    ];
    const row: Record<string, number> = {};
    for (const [i, { name, data, shuffle }] of ways.entries()) {
      // The same starting weights and the same images: only their order differs.
      const model = smallCnn(data, rng.foldIn(0));
      await trainInBatches(model, data, {
        epochs,
        lr: 2e-3,
        shuffle,
        rng: rng.foldIn(2),
        report: (share) => report((i + share) / ways.length, name),
      });
      const scores = await scoresOf(model, test);
      row[`accuracy, ${name}`] = accuracy(scores, test.y);
      row[`classes answered, ${name}`] = new Set(predictions(scores).flat()).size;
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

/** The same items in another order. */
function inOrder(data: Dataset, order: NDArray): Dataset {
  return { ...data, x: take(data.x, order, 0), y: take(data.y, order, 0) };
}

function verdict(summary: Summary): Finding {
  const [bad, fixed, good] = [
    measured(summary, `accuracy, ${sorted}`),
    measured(summary, `accuracy, ${once}`),
    measured(summary, `accuracy, ${always}`),
  ];
  const seeds = good.values.length;
  const worse = seedsAbove(summary, `accuracy, ${always}`, `accuracy, ${sorted}`, 0.01);
  const better = seedsAbove(summary, `accuracy, ${always}`, `accuracy, ${once}`, 0);
  const answers = measured(summary, `classes answered, ${sorted}`);
  const sentence =
    `Batches sorted by class give ${percent(bad)} accuracy and shuffled ones ${percent(good)}, better by more than a ` +
    `point in ${worse} of ${seeds} runs; sorted, the network answers with ${plain(answers)} of the classes. ` +
    `One shuffle for all epochs gives ${percent(fixed)}; a new one every epoch is better in ${better} of ${seeds} runs.`;
  if (worse === seeds) return { verdict: "holds", sentence };
  return { verdict: worse > seeds / 2 ? "holds within limits" : "not seen here", sentence };
}

function pictures(summary: Summary): readonly Picture[] {
  // The names of the measurements are too long for an axis.
  const shown = { "sorted by class": sorted, "shuffled once": once, "every epoch anew": always };
  const accuracies = Object.fromEntries(
    Object.entries(shown).map(([label, name]) => [
      label,
      { accuracy: inPercent(summary, `accuracy, ${name}`) },
    ]),
  );
  return [
    strips(accuracies, {
      title: "The order of the training images",
      xLabel: "batches",
      yLabel: "test accuracy (%)",
    }),
  ];
}
