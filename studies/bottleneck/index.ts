import { Adam, CrossEntropyLoss, DeepMlp, train as trainModel } from "../../autograd/index.ts";
import { DataLoader } from "../../datasets/index.ts";
import { random } from "../../np/index.ts";
import type { Picture } from "../../plots/index.ts";
import { accuracy } from "../../training/index.ts";
import { drawImages, type ImageOptions } from "../images.ts";
import { parameterCount } from "../parameter-count.ts";
import type { StudyResult } from "../run-study.ts";
import { inPercent, isUsual, measured, percent, seedsAbove, spreads } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Study, Summary } from "../study.ts";
import { outputs } from "../train-on-all.ts";

type BottleneckOptions = ImageOptions & { readonly epochs: number };

/**
 * The slide's net, the same layers the other way round, and three units after one layer or after two:
 * `twoBefore` differs from `early` in nothing but what comes before the three, `late` has them last.
 */
const nets = {
  decreasing: [784, 256, 64, 10],
  widening: [784, 64, 256, 10],
  early: [784, 3, 64, 10],
  twoBefore: [784, 256, 3, 64, 10],
  late: [784, 256, 3, 10],
} as const;

const nameOf = (sizes: readonly number[]): string => sizes.join("-");
const decreasing = nameOf(nets.decreasing);
const widening = nameOf(nets.widening);
const early = nameOf(nets.early);
const twoBefore = nameOf(nets.twoBefore);
const late = nameOf(nets.late);

/** A difference of accuracy that counts. */
const point = 0.01;

/** Where may a net be narrow? One layer cannot extract much into 3 numbers; two layers, more. */
export const bottleneck: Study<BottleneckOptions> = {
  name: "bottleneck",
  claims: ["size-decreases", "two-layer-bottleneck"],
  question: "Must layers get narrower step by step, and what does a bottleneck cost early or late?",
  dataset: "1,000 drawn digits of 28 × 28; 1,000 to test",
  seeds: 5,
  options: { dataset: "digits", images: 1000, test: 1000, epochs: 8 },
  otherDatasets: { mnist: { dataset: "1,000 images of MNIST; 1,000 to test" } },
  async run(seed, { epochs, ...wanted }, report) {
    const { train, test } = await drawImages(wanted, seed);
    const row: Record<string, number> = {};
    const all = Object.values(nets);
    for (const [i, sizes] of all.entries()) {
      const name = nameOf(sizes);
      const model = new DeepMlp({ sizes: [...sizes], rng: random(seed).foldIn(0, i) });
      await trainModel(
        model,
        new DataLoader(train, { batchSize: 16, shuffle: true, rng: random(seed).foldIn(1) }),
        {
          loss: new CrossEntropyLoss(),
          optimizer: new Adam(model.parameters(), { lr: 1e-3 }),
          epochs,
          onEpoch: ({ epoch }) => report((i + epoch / epochs) / all.length, name),
          warn: () => {}, // of three units, some may be dead
        },
      );
      row[`${name}: accuracy`] = accuracy(outputs(model, test.x), test.y);
      row[`${name}: training accuracy`] = accuracy(outputs(model, train.x), train.y);
      row[`${name}: parameters`] = parameterCount(model);
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

/** What the runs say about the order of the layers, and about three units. */
function effects(summary: Summary) {
  const of = (name: string) => measured(summary, `${name}: accuracy`);
  const seeds = of(decreasing).values.length;
  const above = (a: string, b: string): number =>
    seedsAbove(summary, `${a}: accuracy`, `${b}: accuracy`, point);
  const parameters = (name: string): string =>
    measured(summary, `${name}: parameters`).median.toLocaleString("en");
  const [widens, hurts, helps] = [
    above(decreasing, widening),
    above(decreasing, early),
    above(twoBefore, early),
  ];
  return {
    learned: of(decreasing).median >= 0.5,
    orderMatters: isUsual(widens, seeds),
    threeHurt: isUsual(hurts, seeds),
    depthHelps: isUsual(helps, seeds),
    order:
      `The narrowing net ${decreasing} reaches ${percent(of(decreasing))} with ${parameters(decreasing)} parameters; ` +
      `the widening ${widening}, ${percent(of(widening))} with ${parameters(widening)}, worse by more than a point in ` +
      `${widens} of ${seeds} runs.`,
    three:
      `Three units after one layer, ${early}, leave ${percent(of(early))}; after two, ` +
      `${twoBefore}, ${percent(of(twoBefore))}, better by more than a point in ${helps} of ${seeds}; ` +
      `right before the output, ${late}, ${percent(of(late))}.`,
  };
}

const unlearned = "Even the net without a bottleneck did not learn.";

function verdict(summary: Summary): Finding {
  const { learned, orderMatters, threeHurt, depthHelps, order, three } = effects(summary);
  const sentence = `${order} ${three}`;
  if (!learned) return { verdict: "not measurable here", sentence: `${sentence} ${unlearned}` };
  if (!threeHurt) return { verdict: "not seen here", sentence };
  if (orderMatters && depthHelps) return { verdict: "holds", sentence };
  const limits = depthHelps
    ? "A layer more before the bottleneck loses less, but sizes need not decrease to the end."
    : "A bottleneck of three units costs much, but a layer more before it does not save it.";
  return { verdict: "holds within limits", sentence: `${sentence} ${limits}` };
}

/** Whether sizes have to decrease: the same widths the other way round, and a layer narrower than the next. */
export function narrowing({ summary }: StudyResult): Finding {
  const { learned, orderMatters, threeHurt, order } = effects(summary);
  if (!learned) return { verdict: "not measurable here", sentence: `${order} ${unlearned}` };
  if (orderMatters) return { verdict: "holds", sentence: order };
  if (!threeHurt) return { verdict: "not seen here", sentence: order };
  const limits = `But ${early}, which widens again after three units, is worse.`;
  return { verdict: "holds within limits", sentence: `${order} ${limits}` };
}

/** Whether one layer loses much on the way to three numbers, and two layers less. */
export function compressing({ summary }: StudyResult): Finding {
  const { learned, threeHurt, depthHelps, three } = effects(summary);
  if (!learned) return { verdict: "not measurable here", sentence: `${three} ${unlearned}` };
  if (!threeHurt) return { verdict: "not seen here", sentence: three };
  if (depthHelps) return { verdict: "holds", sentence: three };
  return {
    verdict: "holds within limits",
    sentence: `${three} Three units cost much, but a layer more before them does not reliably help.`,
  };
}

function pictures(summary: Summary): readonly Picture[] {
  const groups = Object.fromEntries(
    [decreasing, widening, early, twoBefore, late].map((name) => [
      name,
      {
        test: inPercent(summary, `${name}: accuracy`),
        training: inPercent(summary, `${name}: training accuracy`),
      },
    ]),
  );
  return [
    strips(groups, {
      title: "Narrow early, late, or not at all",
      xLabel: "sizes of the layers",
      yLabel: "accuracy (%)",
    }),
  ];
}
