import { array, type NDArray } from "../../np/index.ts";
import { yieldToEventLoop } from "../../np/internal.ts";
import type { Picture } from "../../plots/index.ts";
import { predictions } from "../../training/index.ts";
import { curves } from "../curves.ts";
import { drawImages, type ImageOptions, type Rows } from "../images.ts";
import { principalComponents } from "../principal-components.ts";
import { isUsual, measured, numbersIn, percent, seedsAbove, spread, spreads } from "../spread.ts";
import type { Finding, Spread, Study, Summary } from "../study.ts";
import { tunedProbe } from "../tuned-probe.ts";

type ReductionOptions = ImageOptions & { readonly components: readonly number[] };

/** The number of classes of the data sets of images. */
const classes = 10;

/** A class survives if it keeps this share of the accuracy that it has with all pixels. */
const survives = 0.9;

/** What dimension reduction loses, and whether it is what tells the classes apart. */
export const informationLoss: Study<ReductionOptions> = {
  name: "information-loss",
  claims: ["information-loss"],
  question: "Does a smaller dimension always lose information, and is it the relevant one?",
  dataset: "2,000 drawn digits of 28 × 28; 2,000 to test",
  seeds: 5,
  options: { dataset: "digits", images: 2000, test: 2000, components: [2, 5, 10, 20, 50, 100, 200] },
  otherDatasets: { mnist: { dataset: "2,000 images of MNIST; 2,000 to test" } },
  async run(seed, { components, ...wanted }, report) {
    const { train, test } = await drawImages(wanted, seed);
    const pixels = train.x.shape[1] ?? 0;
    const all = judged(train.x, test.x, train, test);
    report(0.2, "all pixels");
    await yieldToEventLoop();

    const varying = varyingColumns(train.x);
    const [kept, keptInTest] = [train.x.slice(null, varying), test.x.slice(null, varying)];
    const row: Record<string, number> = {
      "constant pixels": pixels - varying.size,
      "pixels of test images that are lost with them": 1 - keptInTest.sum().item() / test.x.sum().item(),
      "all pixels: accuracy": all.accuracy,
    };
    const found = principalComponents(kept);
    const shares = [...found.kept.flat()];
    for (const share of [0.95, 0.99])
      row[`components for ${100 * share} % of the variance`] = shares.findIndex((s) => s >= share) + 1;
    row["components for all of it"] = shares.length;
    for (const k of components) {
      if (k > shares.length) continue;
      await yieldToEventLoop();
      const part = judged(found.project(kept, k), found.project(keptInTest, k), train, test);
      row[`${k} components: accuracy`] = part.accuracy;
      row[`${k} components: variance`] = shares[k - 1] ?? 1;
      row[`${k} components: classes that survive`] = part.byClass.filter(
        (recall, c) => recall >= survives * (all.byClass[c] ?? 0),
      ).length;
      report(0.5 + (0.5 * k) / Math.max(...components), `${k} components`);
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

/** The indices of the columns that hold more than one value. */
function varyingColumns(x: NDArray): NDArray {
  const ranges = x.max(0).sub(x.min(0)).flat();
  const varying = [...ranges.keys()].filter((column) => (ranges[column] ?? 0) > 0);
  return array(varying, { dtype: "int32" });
}

/** The test accuracy of a linear probe, of all images and of each class. */
function judged(
  x: NDArray,
  xTest: NDArray,
  train: Rows,
  test: Rows,
): { readonly accuracy: number; readonly byClass: readonly number[] } {
  const said = predictions(tunedProbe(x, train.y).scores(xTest)).flat();
  const labels = test.y.flat();
  const counts = test.classes.map(() => ({ right: 0, of: 0 }));
  for (const [i, label] of labels.entries()) {
    const count = counts[label];
    if (!count) continue;
    count.of++;
    if (said[i] === label) count.right++;
  }
  const right = counts.reduce((sum, count) => sum + count.right, 0);
  return {
    accuracy: right / labels.length,
    byClass: counts.map((count) => count.right / Math.max(1, count.of)),
  };
}

/** "149 [147, 152]": a whole number over the seeds. */
function whole({ median, min, max }: Spread): string {
  return `${median} [${min}, ${max}]`;
}

/** The number of components is in the name of this measurement. */
const accuracyName = /^(\d+) components: accuracy$/;

function verdict(summary: Summary): Finding {
  const all = measured(summary, "all pixels: accuracy");
  const seeds = all.values.length;
  const counts = numbersIn(summary, accuracyName);
  const worse = (k: number): number =>
    seedsAbove(summary, "all pixels: accuracy", `${k} components: accuracy`, 0.01);
  const loses = counts.filter((k) => isUsual(worse(k), seeds));
  const constant = measured(summary, "constant pixels");
  const unseen = measured(summary, "pixels of test images that are lost with them");
  const needed = measured(summary, "components for 99 % of the variance");
  const enough = counts.find((k) => !loses.includes(k));
  const sentence =
    `${whole(constant)} pixels are constant: without them nothing is lost of the images that were seen, and ` +
    `${percent(unseen, 3)} of the ink of new ones. ${whole(needed)} components hold 99 % of the variance. ` +
    `A linear probe has ${percent(all)} with all pixels` +
    counts
      .filter((k) => k === Math.min(...counts) || k === enough)
      .map((k) => `, ${percent(measured(summary, `${k} components: accuracy`))} with ${k} components`)
      .join("");
  if (all.median < 0.2)
    return {
      verdict: "not measurable here",
      sentence: `${sentence}: it finds no relevant information to lose.`,
    };
  if (loses.length === 0)
    return { verdict: "not seen here", sentence: `${sentence}: nothing relevant is lost.` };
  const isAlways = constant.max === 0 && loses.length === counts.length;
  if (isAlways) return { verdict: "holds", sentence: `${sentence}: every reduction costs accuracy.` };
  const relevant =
    enough === undefined
      ? "Every number of components tried loses relevant information"
      : `With up to ${counts.filter((k) => k < enough).at(-1)} components a probe is worse by more than a point; with ${enough}, in ${worse(enough)} of ${seeds} runs`;
  return {
    verdict: "holds within limits",
    sentence: `${sentence}. ${relevant}. ${constant.max > 0 ? "Constant pixels cost nothing, so “always” is too strong." : "No pixel was free to drop."}`,
  };
}

function pictures(summary: Summary): readonly Picture[] {
  const counts = numbersIn(summary, accuracyName);
  const shares = (nameFor: (k: number) => string, of: number = 1): Spread[] =>
    counts.map((k) => spread(measured(summary, nameFor(k)).values.map((value) => (100 * value) / of)));
  return [
    curves(
      {
        "variance kept": shares((k) => `${k} components: variance`),
        accuracy: shares((k) => `${k} components: accuracy`),
        "classes kept": shares((k) => `${k} components: classes that survive`, classes),
        "all pixels": shares(() => "all pixels: accuracy"),
      },
      {
        title: "What principal components keep, for a linear probe",
        x: counts,
        xLabel: "number of components (log scale)",
        yLabel: "share (%)",
      },
    ),
  ];
}
