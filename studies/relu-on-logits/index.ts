import {
  Adam,
  CrossEntropyLoss,
  Mlp,
  ReLU,
  Sequential,
  Tensor,
  train as trainModel,
} from "../../autograd/index.ts";
import { DataLoader } from "../../datasets/index.ts";
import { type NDArray, random } from "../../np/index.ts";
import type { Picture } from "../../plots/index.ts";
import { accuracy } from "../../training/index.ts";
import { type ImageOptions, imagesOf } from "../images.ts";
import { inPercent, measured, percent, seedsAbove, spreads } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Study, Summary } from "../study.ts";
import { outputs } from "../train-on-all.ts";

type ReluOptions = ImageOptions & { readonly epochs: number };

const [without, withIt] = ["without", "with ReLU"];

/** The slide's network has a ReLU after its last layer, too. What does this line do? */
export const reluOnLogits: Study<ReluOptions> = {
  name: "relu-on-logits",
  claims: ["does-not-debug-itself", "example-code"],
  question: "What does a ReLU after the last layer cost, and would the loss at the start show it?",
  dataset: "2,000 drawn digits, 28 × 28, 4 epochs; 1,000 to test",
  seeds: 5,
  options: { dataset: "digits", images: 2000, test: 1000, epochs: 4 },
  otherDatasets: {
    mnist: {
      dataset: "20,000 images of MNIST, 2 epochs; 10,000 to test",
      options: { images: 20_000, test: 10_000, epochs: 2 },
    },
  },
  async run(seed, { epochs, ...wanted }, report) {
    const { train, test } = await imagesOf(wanted, seed);
    const row: Record<string, number> = {};
    for (const [i, name] of [without, withIt].entries()) {
      // Both nets start with the same weights and see the same batches.
      const mlp = new Mlp({ rng: random(seed).foldIn(0) });
      const model = name === without ? mlp : new Sequential(mlp, new ReLU());
      const loss = new CrossEntropyLoss();
      const start = outputs(model, test.x);
      row[`loss at the start, ${name}`] = loss.forward(new Tensor(start), test.y).item();
      row[`classes that cannot win at the start, ${name}`] = cannotWin(start);
      await trainModel(
        model,
        new DataLoader(train, { batchSize: 64, shuffle: true, rng: random(seed).foldIn(1) }),
        {
          loss,
          optimizer: new Adam(model.parameters(), { lr: 1e-3 }),
          epochs,
          onEpoch: ({ epoch }) => report((i + epoch / epochs) / 2, name),
          warn: () => {}, // that units are dead is what the study measures
        },
      );
      const end = outputs(model, test.x);
      row[`accuracy, ${name}`] = accuracy(end, test.y);
      row[`classes that cannot win, ${name}`] = cannotWin(end);
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

/** The number of classes whose score is the largest for no image. */
function cannotWin(scores: NDArray): number {
  const classes = scores.shape[1] ?? 0;
  const winners = new Set<number>(scores.argmax(1).flat());
  return classes - winners.size;
}

function verdict(summary: Summary): Finding {
  const [good, bad] = [measured(summary, `accuracy, ${without}`), measured(summary, `accuracy, ${withIt}`)];
  const seeds = good.values.length;
  const worse = seedsAbove(summary, `accuracy, ${without}`, `accuracy, ${withIt}`, 0.01);
  const start = measured(summary, `loss at the start, ${withIt}`);
  const sentence =
    `A ReLU on the logits takes accuracy from ${percent(good)} to ${percent(bad)}, worse by more than a point ` +
    `in ${worse} of ${seeds} runs, while the loss at the start, ${start.median.toFixed(3)}, looks like ln 10 = 2.303.`;
  if (worse === seeds) return { verdict: "holds", sentence };
  return { verdict: worse > seeds / 2 ? "holds within limits" : "not seen here", sentence };
}

function pictures(summary: Summary): readonly Picture[] {
  const accuracies = Object.fromEntries(
    [without, withIt].map((name) => [name, { accuracy: inPercent(summary, `accuracy, ${name}`) }]),
  );
  return [
    strips(accuracies, {
      title: "A ReLU after the last layer",
      xLabel: "logits",
      yLabel: "test accuracy (%)",
    }),
  ];
}
