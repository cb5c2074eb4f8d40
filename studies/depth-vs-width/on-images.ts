import { Adam, CrossEntropyLoss, DeepMlp, evaluate, train } from "../../autograd/index.ts";
import { DataLoader } from "../../datasets/index.ts";
import { random } from "../../np/index.ts";
import type { Picture } from "../../plots/index.ts";
import { type ImageOptions, imagesOf, inFloat32 } from "../images.ts";
import { parameterCount } from "../parameter-count.ts";
import { inPercent, isUsual, listed, measured, percent, seedsAbove } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Report, Row, Summary } from "../study.ts";

/** Hidden layers that cost about 50,000 parameters on 784 inputs: 50,095, 49,808, 49,895 and 49,839. */
const hidden = {
  "1 hidden layer": [63],
  "2 hidden layers": [60, 38],
  "3 hidden layers": [59, 34, 34],
  "5 hidden layers": [57, 31, 31, 31, 31],
} as const;

/** The counter-example: the first layer eats the parameters, so deeper means narrower. */
export async function trainOnImages(
  seed: number,
  { epochs, ...wanted }: ImageOptions & { readonly epochs: number },
  report: Report,
): Promise<Row> {
  const data = await imagesOf(wanted, seed);
  const [training, test] = [inFloat32(data.train), inFloat32(data.test)];
  const row: Record<string, number> = {};
  const jobs = Object.entries(hidden);
  for (const [i, [net, widths]] of jobs.entries()) {
    const sizes = [training.x.shape[1] ?? 0, ...widths, data.train.classes.length];
    const model = new DeepMlp({ sizes, rng: random(seed).foldIn(i + 1), dtype: "float32" });
    const loss = new CrossEntropyLoss();
    await train(
      model,
      new DataLoader(training, { batchSize: 64, shuffle: true, rng: random(seed).foldIn(0) }),
      {
        loss,
        optimizer: new Adam(model.parameters()),
        epochs,
        onEpoch: ({ epoch }) => report((i + epoch / epochs) / jobs.length, net),
        warn: () => {}, // dead units are part of what depth costs
      },
    );
    const end = await evaluate(model, new DataLoader(test, { batchSize: 500 }), loss);
    row[`${net}: parameters`] = parameterCount(model);
    row[`${net}: training loss`] = (
      await evaluate(model, new DataLoader(training, { batchSize: 500 }), loss)
    ).loss;
    row[`${net}: accuracy`] = end.accuracy ?? Number.NaN;
  }
  return row;
}

const names = Object.keys(hidden);

/** Half a point of accuracy. */
const margin = 0.005;

/** Whether a summary of this study comes from images, not from targets in the plane. */
export function isOfImages(summary: Summary): boolean {
  return Object.hasOwn(summary, `${names[0]}: accuracy`);
}

export function verdictOfImages(summary: Summary): Finding {
  const parameters = names.map((net) => measured(summary, `${net}: parameters`).median);
  const said = names.map((net) => `${percent(measured(summary, `${net}: accuracy`))} with ${net}`).join(", ");
  const sentence = `At ${Math.min(...parameters)} to ${Math.max(...parameters)} parameters accuracy is ${said}`;
  const [first = "", ...deeper] = names;
  const seeds = measured(summary, `${first}: accuracy`).values.length;
  const beats = (a: string, b: string): boolean =>
    isUsual(seedsAbove(summary, `${a}: accuracy`, `${b}: accuracy`, margin), seeds);
  const better = deeper.filter((net) => beats(net, first));
  const worse = deeper.filter((net) => beats(first, net));
  const counted =
    `by more than half a point in at least 4 of 5 runs, better than 1 hidden layer: ${listed(better)}; ` +
    `worse: ${listed(worse)}. The first layer takes most of the parameters, so deeper means narrower`;
  const verdict =
    better.length === 0 ? "not seen here" : better.length === deeper.length ? "holds" : "holds within limits";
  return { verdict, sentence: `${sentence}; ${counted}.` };
}

export function picturesOfImages(summary: Summary): readonly Picture[] {
  const accuracies = names.map((net) => [net, { accuracy: inPercent(summary, `${net}: accuracy`) }]);
  return [
    strips(Object.fromEntries(accuracies), {
      title: "About 50,000 parameters, deeper and narrower",
      xLabel: "net",
      yLabel: "test accuracy (%)",
    }),
  ];
}
