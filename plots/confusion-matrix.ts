import { type OptionTable, settleOptions, withoutDefault } from "../np/internal.ts";
import { names as someNames } from "./arguments.ts";
import type { Colour } from "./gradient.ts";
import { type Labels, labels } from "./labels.ts";
import { matrixChart } from "./matrix.ts";
import { count, percent } from "./number-format.ts";
import { expectSameLength, type Numbers } from "./numbers.ts";
import type { Picture } from "./picture.ts";
import { classesIn } from "./predicted-classes.ts";

export interface ConfusionMatrixOptions extends Labels {
  /** The names of classes 0, 1, …. */
  readonly classNames?: readonly string[] | undefined;
}

const contract = {
  name: "confusionMatrix",
  positional: {},
  options: {
    ...labels,
    classNames: withoutDefault(someNames, "their numbers"),
  } satisfies OptionTable<ConfusionMatrixOptions>,
};

const colours: readonly Colour[] = [
  [255, 255, 255],
  [150, 197, 226],
  [0, 84, 142],
];

/** Cells of more classes have no room for their numbers. */
const mostNumbers = 25;

/**
 * Draws how often items of each class (rows) are taken for each class (columns), each cell with its
 * count, darker the larger its share of the row. The title gives the accuracy, unless there is one.
 * Shapes: target (N,) or (N, 1) class indices; prediction the same, or scores (N, C) or logits (N, 1).
 * @throws RangeError for numbers that are not classes, ShapeError when the lengths differ
 * @example confusionMatrix([0, 1, 1], [0, 1, 0]).spec.title // "accuracy 66.67 %"
 */
export function confusionMatrix(
  target: Numbers,
  prediction: Numbers,
  options: ConfusionMatrixOptions = {},
): Picture {
  const truth = classesIn("confusionMatrix", "target", target);
  const predicted = classesIn("confusionMatrix", "prediction", prediction);
  const { classNames, title, xLabel, yLabel } = settleOptions("confusionMatrix", contract, options);
  expectSameLength("confusionMatrix", ["target", "prediction"], truth.length, predicted.length);
  const largest = [...truth, ...predicted].reduce((most, label) => Math.max(most, label), 0);
  if (classNames && largest >= classNames.length) {
    throw new RangeError(
      `confusionMatrix: there is a class ${largest}, but classNames has ${classNames.length} names, of 0 … ${classNames.length - 1}`,
    );
  }
  const names = classNames ?? Array.from({ length: largest + 1 }, (_, i) => `${i}`);
  const counts = names.map(() => names.map(() => 0));
  for (const [i, label] of truth.entries()) {
    const row = counts[label] ?? [];
    const column = predicted[i] ?? 0;
    row[column] = (row[column] ?? 0) + 1;
  }
  const right = truth.filter((label, i) => label === predicted[i]).length;
  const said = truth.length > 0 ? `accuracy ${percent(right / truth.length)}` : "no items";
  return matrixChart({
    description: `A confusion matrix of ${count(truth.length)} items in ${names.length} classes, ${said}.`,
    values: counts.map(shares),
    texts: names.length <= mostNumbers ? counts.map((row) => row.map(String)) : null,
    domain: [0, 1],
    colours,
    legend: false,
    title: title ?? said,
    xLabel: xLabel ?? "predicted class",
    yLabel: yLabel ?? "true class",
    rowNames: names,
    columnNames: names,
  });
}

/** Each count as a share of its row. */
function shares(row: readonly number[]): number[] {
  const sum = row.reduce((total, n) => total + n, 0);
  return row.map((n) => (sum > 0 ? n / sum : 0));
}
