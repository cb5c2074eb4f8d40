import { BCEWithLogitsLoss, DeepMlp } from "../../autograd/index.ts";
import { random } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import type { Picture } from "../../plots/index.ts";
import { accuracy } from "../../training/index.ts";
import { inFloat32 } from "../images.ts";
import { inPercent, listed, measured, spreads } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Study, Summary } from "../study.ts";
import { outputs, trainOnAll } from "../train-on-all.ts";
import { isOfImages, picturesOfImages, trainOnImages, verdictOfImages } from "./on-images.ts";
import { planeTargets } from "./targets.ts";

type DepthOptions = {
  readonly targets: readonly string[];
  readonly steps: number;
  readonly lr: number;
  readonly points: number;
  /** "plane" for the targets, or images: then nets of about 50,000 parameters are compared. */
  readonly dataset: string;
  /** Only for images, as are the last two. */
  readonly images: number;
  readonly test: number;
  readonly epochs: number;
};

/** 261 parameters each. */
const nets = {
  "2-65-1": [2, 65, 1],
  "2-17-11-1": [2, 17, 11, 1],
  "2-10-10-10-1": [2, 10, 10, 10, 1],
} as const;

/** Depth against width where both cost the same: three nets of 261 parameters, six targets. */
export const depthVsWidth: Study<DepthOptions> = {
  name: "depth-vs-width",
  claims: ["depth-capacity", "families", "capacity-scales"],
  question: "With 261 parameters each, do one, two or three hidden layers fit a target best?",
  dataset: "six targets in the plane, 1,000 points to train on and 2,000 to test",
  seeds: 5,
  options: {
    targets: Object.keys(planeTargets),
    steps: 3000,
    lr: 0.01,
    points: 1000,
    dataset: "plane",
    images: 20_000,
    test: 10_000,
    epochs: 3,
  },
  otherDatasets: { mnist: { dataset: "20,000 images of MNIST, 3 epochs; 10,000 to test" } },
  async run(seed, options, report) {
    const { targets: names, steps, lr, points, dataset } = options;
    if (dataset !== "plane") return trainOnImages(seed, options, report);
    const rng = random(seed);
    const row: Record<string, number> = {};
    const jobs = names.flatMap((target) =>
      Object.entries(nets).map(([net, sizes]) => ({ target, net, sizes })),
    );
    for (const [i, { target, net, sizes }] of jobs.entries()) {
      const draw = planeTargets[target];
      if (!draw)
        throw new RangeError(
          `depth-vs-width: no target is called ${describe(target)}; expected some of ${Object.keys(planeTargets).join(", ")}`,
        );
      // All nets of a seed see the same points.
      const [train, test] = [
        inFloat32(draw(points, rng.foldIn(names.indexOf(target), 0))),
        inFloat32(draw(2000, rng.foldIn(names.indexOf(target), 1))),
      ];
      const model = new DeepMlp({ sizes: [...sizes], rng: rng.spawn(), dtype: "float32" });
      row[`${target}, ${net}: training loss`] = await trainOnAll(model, train.x, train.y, {
        loss: new BCEWithLogitsLoss(),
        steps,
        lr,
        report: (share) => report((i + share) / jobs.length, `${target}, ${net}`),
      });
      row[`${target}, ${net}: accuracy`] = accuracy(outputs(model, test.x), test.y);
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

const [shallow, middle, deep] = ["2-65-1", "2-17-11-1", "2-10-10-10-1"];

function targetsOf(summary: Summary): string[] {
  const ending = `, ${shallow}: accuracy`;
  return Object.keys(summary).flatMap((name) =>
    name.endsWith(ending) ? [name.slice(0, -ending.length)] : [],
  );
}

function verdict(summary: Summary): Finding {
  if (isOfImages(summary)) return verdictOfImages(summary);
  const names = targetsOf(summary);
  const median = (target: string, net: string, what: string): number =>
    measured(summary, `${target}, ${net}: ${what}`).median;
  const loss = (target: string, net: string): number => median(target, net, "training loss");
  const fitted = names.filter((t) => Math.min(loss(t, middle), loss(t, deep)) < loss(t, shallow));
  const gains = names.map((t) => median(t, deep, "accuracy") - median(t, shallow, "accuracy"));
  const better = names.filter((_, i) => (gains[i] ?? 0) > 0.01);
  const worse = names.filter((_, i) => (gains[i] ?? 0) < -0.01);
  const sentence =
    `At 261 parameters more layers reach a smaller training loss on ${fitted.length} of ${names.length} targets; ` +
    `test accuracy rises by more than a point on ${listed(better)} and falls by more than a point on ${listed(worse)}.`;
  if (fitted.length <= names.length / 2) return { verdict: "not seen here", sentence };
  const everywhere = fitted.length === names.length && better.length === names.length;
  return { verdict: everywhere ? "holds" : "holds within limits", sentence };
}

function pictures(summary: Summary): readonly Picture[] {
  if (isOfImages(summary)) return picturesOfImages(summary);
  const names = targetsOf(summary);
  const groups = (
    of: (target: string, net: string) => ReturnType<typeof measured>,
  ): Parameters<typeof strips>[0] =>
    Object.fromEntries(
      names.map((target) => [
        target,
        Object.fromEntries(Object.keys(nets).map((net) => [net, of(target, net)])),
      ]),
    );
  return [
    strips(
      groups((target, net) => measured(summary, `${target}, ${net}: training loss`)),
      {
        title: "Three nets of 261 parameters: how well they fit",
        xLabel: "target",
        yLabel: "training loss (log scale)",
        log: true,
      },
    ),
    strips(
      groups((target, net) => inPercent(summary, `${target}, ${net}: accuracy`)),
      {
        title: "Three nets of 261 parameters: what they get right",
        xLabel: "target",
        yLabel: "test accuracy (%)",
      },
    ),
  ];
}
