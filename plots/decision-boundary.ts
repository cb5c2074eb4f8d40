import {
  expectArgument,
  integer,
  type OptionTable,
  objectWith,
  oneOf,
  optional,
  type Required,
  settleOptions,
  withoutDefault,
} from "../np/internal.ts";
import { names as someNames, numbers as someNumbers } from "./arguments.ts";
import { fieldChart } from "./boundary.ts";
import { classesOf } from "./classes.ts";
import { type ChartOptions, chartOptions } from "./labels.ts";
import { type DrawnModel, someModel } from "./model.ts";
import type { Picture } from "./picture.ts";
import { fieldOf, type PlaneData, pointsOf } from "./plane.ts";
import type { Output } from "./probabilities.ts";

export interface DecisionBoundaryOptions extends ChartOptions {
  /** Grid points along each axis at which the model is asked. Default 80. */
  readonly resolution?: number | undefined;
  /** The names of classes 0, 1, …. Default: those of the data. */
  readonly classNames?: readonly string[] | undefined;
  /**
   * What the model gives. Default: rows that sum to 1 are probabilities, other numbers logits; a
   * single score that stays in 0 … 1 far away, too, is refused, because it may be either.
   */
  readonly output?: Output | undefined;
}

const contract = {
  name: "decisionBoundary",
  positional: {},
  options: {
    ...chartOptions,
    resolution: optional(integer({ least: 2, most: 1000 }), 80),
    classNames: withoutDefault(someNames, "those of the data"),
    output: withoutDefault(oneOf("logits", "probabilities"), "seen from the numbers"),
  } satisfies OptionTable<DecisionBoundaryOptions>,
};

export const planeData: Required<PlaneData> = objectWith<PlaneData>(
  "points with their classes: { x, y }, such as moons()",
  {
    x: someNumbers,
    y: someNumbers,
  },
);

/**
 * Draws which class a model gives to each place of the plane: the deeper the colour, the surer it
 * is, with a line where the class changes, under the points of the data. The model is asked in
 * evaluation mode; a layer by hand then remembers the grid as its last input.
 * Shapes: x (N, 2), y (N,) or (N, 1) class indices; the model gives (N, C) scores, or (N, 1) for two.
 * @throws ShapeError for points that are not in the plane; RangeError for targets that are not classes
 * @example decisionBoundary((x) => x, moons({ n: 9, seed: 1 })).description.slice(0, 36) // "Decision boundary between 2 classes "
 */
export function decisionBoundary(
  model: DrawnModel,
  data: PlaneData,
  options: DecisionBoundaryOptions = {},
): Picture {
  const where = "decisionBoundary";
  expectArgument(where, "model", someModel, model);
  expectArgument(where, "data", planeData, data);
  const { resolution, classNames, output, ...words } = settleOptions(where, contract, options);
  const points = pointsOf(where, data);
  const field = fieldOf(where, model, points, resolution, output);
  const classes = field.probabilities.map((_, i) => i);
  const labelled = classesOf([...classes, ...points.map(({ label }) => label)], classNames ?? data.classes);
  return fieldChart(
    field,
    points,
    labelled,
    `Decision boundary between ${classes.length} classes over the plane, with ${points.length} points.`,
    words,
  );
}
