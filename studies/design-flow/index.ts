import type { Picture } from "../../plots/index.ts";
import { curves } from "../curves.ts";
import { inPercent, measured, numbersIn, percent, plain, spreads } from "../spread.ts";
import type { Finding, Row, Spread, Study, Summary } from "../study.ts";
import { growWidths } from "./grow-widths.ts";

type FlowOptions = {
  readonly widths: readonly number[];
  readonly dataset: string;
  readonly images: number;
  readonly validation: number;
  readonly epochs: number;
};

/** Start small, grow until the training loss is low, stop when the gap grows: stop where? */
export const designFlow: Study<FlowOptions> = {
  name: "design-flow",
  claims: ["design-flow"],
  question: "Start small, grow, stop when validation gets worse: which net does the flow choose?",
  dataset: "100 drawn digits, 28 × 28, 100 epochs; 500 to validate",
  seeds: 5,
  options: {
    widths: [2, 4, 8, 16, 32, 64, 128, 256],
    dataset: "digits",
    images: 100,
    validation: 500,
    epochs: 100,
  },
  otherDatasets: {
    cifar10: {
      dataset: "5,000 images of CIFAR-10, 30 epochs; 2,000 to validate",
      options: { images: 5000, validation: 2000, epochs: 30 },
    },
  },
  async run(seed, options, report) {
    const row: Record<string, number> = {};
    for (const net of await growWidths({ ...options, seed }, report)) {
      const at = `width ${net.width}`;
      row[`${at}: parameters`] = net.parameters;
      row[`${at}: training loss`] = net.trainingLoss;
      row[`${at}: validation loss`] = net.validationLoss;
      row[`${at}: lowest validation loss`] = net.bestValidationLoss;
      row[`${at}: gap`] = net.validationLoss - net.trainingLoss;
      row[`${at}: validation accuracy`] = net.validationAccuracy;
    }
    return { ...row, ...chosenIn(row) };
  },
  summary: spreads,
  verdict,
  pictures,
};

/** The width is in the name of this measurement. */
const trainingLossName = /^width (\d+): training loss$/;

/** The three readings of the flow, and the measurement that each looks at. */
const readings = {
  "lowest validation loss at the end": "validation loss",
  "lowest validation loss with early stopping": "lowest validation loss",
  "best validation accuracy": "validation accuracy",
} as const;

/** The width that each reading chooses in one run. */
function chosenIn(row: Row): Row {
  const widths = numbersIn(row, trainingLossName);
  const chosen = Object.entries(readings).map(([reading, what]) => {
    const value = (width: number): number => {
      const of = row[`width ${width}: ${what}`] ?? Number.NaN;
      return what === "validation accuracy" ? -of : of;
    };
    return [`chosen by ${reading}`, widths.reduce((a, b) => (value(b) < value(a) ? b : a), widths[0] ?? 0)];
  });
  return Object.fromEntries(chosen);
}

function verdict(summary: Summary): Finding {
  const widths = numbersIn(summary, trainingLossName);
  const [first = 0, last = 0] = [widths[0], widths.at(-1)];
  const of = (width: number, what: string): Spread => measured(summary, `width ${width}: ${what}`);
  const chosen = medianChoices(summary);
  const [atEnd, early, byAccuracy] = chosen.map(({ width }) => width);
  const sentence =
    `The lowest validation loss at the end chooses width ${atEnd}, with early stopping ${early}, and the best validation accuracy ${byAccuracy}. ` +
    `From width ${first} to ${last} the gap of the losses grows from ${plain(of(first, "gap"))} to ${plain(of(last, "gap"))}, ` +
    `while validation accuracy goes from ${percent(of(first, "validation accuracy"))} to ${percent(of(last, "validation accuracy"))}.`;
  const grows = of(last, "gap").median > of(first, "gap").median;
  const fits = of(last, "training loss").median < of(first, "training loss").median;
  if (!grows || !fits) return { verdict: "not seen here", sentence };
  const agree = new Set(chosen.map(({ width }) => width)).size === 1;
  if (agree) return { verdict: "holds", sentence };
  return {
    verdict: "holds within limits",
    sentence: `${sentence} The flow needs to say which quantity it watches.`,
  };
}

/** What each reading chooses from the medians over the seeds. */
function medianChoices(summary: Summary): { readonly reading: string; readonly width: number }[] {
  const medians = Object.fromEntries(Object.entries(summary).map(([name, { median }]) => [name, median]));
  return Object.entries(chosenIn(medians)).map(([name, width]) => ({
    reading: name.replace("chosen by ", ""),
    width,
  }));
}

function pictures(summary: Summary): readonly Picture[] {
  const widths = numbersIn(summary, trainingLossName);
  const of = (what: string): Spread[] => widths.map((width) => measured(summary, `width ${width}: ${what}`));
  const marks = medianChoices(summary).map(({ reading, width }) => ({
    at: width,
    text: `${width}: ${reading}`,
  }));
  const axis = { x: widths, xLabel: "hidden units (log scale)", marks };
  return [
    curves(
      {
        training: of("training loss"),
        "validation, last epoch": of("validation loss"),
        "validation, best epoch": of("lowest validation loss"),
      },
      { ...axis, title: "The generalisation gap: three readings of one flow", yLabel: "cross entropy" },
    ),
    curves(
      { accuracy: widths.map((width) => inPercent(summary, `width ${width}: validation accuracy`)) },
      { ...axis, title: "Validation accuracy against width", yLabel: "validation accuracy (%)" },
    ),
  ];
}
