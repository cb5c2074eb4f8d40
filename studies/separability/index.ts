import type { Picture } from "../../plots/index.ts";
import type { ImageOptions } from "../images.ts";
import type { StudyResult } from "../run-study.ts";
import { inPercent, isUsual, measured, percent, seedsAbove, spreads } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Spread, Study, Summary } from "../study.ts";
import { onImages } from "./on-images.ts";
import { onSpirals, type SpiralOptions } from "./on-spirals.ts";
import { key } from "./probe-layers.ts";

type SeparabilityOptions = ImageOptions & SpiralOptions & { readonly epochs: number };

/** Can straight cuts tell the classes apart better after every layer? */
export const separability: Study<SeparabilityOptions> = {
  name: "separability",
  claims: ["linearly-separable"],
  question: "Do the classes become linearly separable, and a little more so after every layer?",
  dataset: "1,200 drawn digits of 28 × 28 and two spirals; 1,000 images to test",
  seeds: 5,
  options: {
    dataset: "digits",
    images: 1200,
    test: 1000,
    epochs: 10,
    steps: 1500,
    lr: 0.01,
    points: 200,
  },
  otherDatasets: { mnist: { dataset: "1,200 images of MNIST and two spirals; 1,000 images to test" } },
  async run(seed, { steps, lr, points, ...wanted }, report) {
    const images = await onImages(seed, wanted, (share) => report(0.7 * share, "images"));
    const plane = await onSpirals(seed, { steps, lr, points }, (share) =>
      report(0.7 + 0.3 * share, "spirals"),
    );
    return { ...images, ...plane };
  },
  summary: spreads,
  verdict,
  pictures,
};

/** From this accuracy on nothing is left to rise. */
const complete = 0.999;
/** A difference of accuracy that counts at the end of the net. */
const point = 0.01;

/** The layers that were probed, from the input to the logits. */
function layersOf(summary: Summary, data: string): string[] {
  return Object.keys(summary).flatMap((name) => {
    const layer =
      name.startsWith(`${data}, `) && name.endsWith(": trained net") ? /, (.*):/.exec(name) : null;
    return layer?.[1] === undefined ? [] : [layer[1]];
  });
}

interface Seen {
  readonly seeds: number;
  /** The spreads of the input and of the hidden layers. */
  readonly spreads: readonly Spread[];
  /** Seeds in which the accuracy rises at every hidden layer. */
  readonly rises: number;
  /** Seeds in which the last hidden layer is ahead of the input, and of the same layer untrained. */
  readonly ends: number;
  readonly isInstrumentRight: boolean;
}

/** The logits are left out: they are linear in the last hidden layer, so a probe cannot gain there. */
function seen(summary: Summary, data: string, chance: number): Seen {
  const layers = layersOf(summary, data).filter((layer) => layer !== "logits");
  const of = (layer: string, what: string): Spread => measured(summary, key(data, layer, what));
  const spreads = layers.map((layer) => of(layer, "trained net"));
  const seeds = spreads[0]?.values.length ?? 0;
  const all = Array.from({ length: seeds }, (_, seed) => spreads.map(({ values }) => values[seed] ?? 0));
  const rises = all.filter((path) =>
    path.every((now, i) => i === 0 || now > (path[i - 1] ?? 0) || now >= complete),
  ).length;
  const last = layers.at(-1) ?? "";
  const end = key(data, last, "trained net");
  const ends = Math.min(
    seedsAbove(summary, end, key(data, "input", "trained net"), point),
    seedsAbove(summary, end, key(data, last, "untrained net"), point),
  );
  const shuffled = Math.max(...layers.map((layer) => of(layer, "shuffled labels").median));
  return { seeds, spreads, rises, ends, isInstrumentRight: shuffled < chance + 0.1 };
}

function verdict(summary: Summary): Finding {
  const [plane, images] = [seen(summary, "spirals", 0.5), seen(summary, "images", 0.1)];
  const sentence = `${said("On two spirals, a", plane)} ${said("On images, a", images)}`;
  return concluded([images, plane], sentence);
}

/** The spirals are the same beside every data set of images: only the study's own result tells of them. */
export function told({ summary, options, finding }: StudyResult): Finding {
  if (options.dataset === separability.options.dataset) return finding;
  const images = seen(summary, "images", 0.1);
  return concluded([images], said("A", images));
}

function said(beginning: string, { spreads, rises, ends, seeds }: Seen): string {
  const path = spreads.map((of) => percent(of)).join(", ");
  return (
    `${beginning} linear probe has ${path} on the input and after each hidden layer; it rises at every ` +
    `layer in ${rises} of ${seeds} runs, and ends ahead of the input and of an untrained net in ${ends}.`
  );
}

function concluded(all: readonly Seen[], sentence: string): Finding {
  if (!all.every(({ isInstrumentRight }) => isInstrumentRight))
    return {
      verdict: "not measurable here",
      sentence: `${sentence} The probe also finds shuffled labels, so it proves nothing.`,
    };
  const ends = all.filter((found) => isUsual(found.ends, found.seeds)).length;
  const rises = all.filter((found) => isUsual(found.rises, found.seeds)).length;
  if (ends === 0) return { verdict: "not seen here", sentence };
  if (ends === all.length && rises === all.length) return { verdict: "holds", sentence };
  return { verdict: "holds within limits", sentence };
}

/** The series of the pictures, by what was measured. */
const series = {
  "trained net": "trained net",
  "untrained net": "untrained net",
  "PCA, as many numbers": "PCA",
  "shuffled labels": "shuffled labels",
};

function pictures(summary: Summary): readonly Picture[] {
  const groups = (data: string): Parameters<typeof strips>[0] =>
    Object.fromEntries(
      layersOf(summary, data).map((layer) => [
        layer,
        Object.fromEntries(
          Object.entries(series).flatMap(([what, drawn]) => {
            const name = key(data, layer, what);
            return name in summary ? [[drawn, inPercent(summary, name)]] : [];
          }),
        ),
      ]),
    );
  const words = {
    series: Object.values(series),
    xLabel: "after",
    yLabel: "test accuracy of a linear probe (%)",
  };
  return [
    strips(groups("images"), { title: "Linear probes: images, 784-256-64-10", ...words }),
    strips(groups("spirals"), { title: "Linear probes: two spirals, 2-10-10-10-1", ...words }),
  ];
}
