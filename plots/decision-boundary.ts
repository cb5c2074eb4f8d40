import { array, formatShape, ShapeError } from "../np/index.ts";
import {
  expectArgument,
  integer,
  type OptionTable,
  objectWith,
  oneOf,
  optional,
  settleOptions,
  withoutDefault,
} from "../np/internal.ts";
import { names as someNames, numbers as someNumbers } from "./arguments.ts";
import { fieldChart, type LabelledPoint } from "./boundary.ts";
import { classesOf } from "./classes.ts";
import type { Field } from "./field.ts";
import { type ChartOptions, chartOptions } from "./labels.ts";
import { extent } from "./linear-axis.ts";
import { type DrawnModel, predict, someModel } from "./model.ts";
import { arrayOf, expectSameLength, type Numbers, rowsOf } from "./numbers.ts";
import type { Picture } from "./picture.ts";
import { classesIn } from "./predicted-classes.ts";
import { classProbabilities, type Output } from "./probabilities.ts";

/** Points of the plane with their classes, as `moons()` and the other toy sets give them. */
export interface PlaneData {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly classes?: readonly string[] | undefined;
}

export interface DecisionBoundaryOptions extends ChartOptions {
  /** Grid points along each axis at which the model is asked. Default 80. */
  readonly resolution?: number | undefined;
  /** The names of classes 0, 1, …. Default: those of the data. */
  readonly classNames?: readonly string[] | undefined;
  /** What the model gives, where its numbers leave it open. Default: rows that sum to 1 are probabilities. */
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

const planeData = objectWith<PlaneData>("points with their classes: { x, y }, such as moons()", {
  x: someNumbers,
  y: someNumbers,
});

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

function pointsOf(where: string, { x, y }: PlaneData): LabelledPoint[] {
  const places = arrayOf(where, "data.x", x, [2]);
  if (places.shape[1] !== 2 || places.shape[0] === 0) {
    throw new ShapeError(`${where}: data.x has shape ${formatShape(places.shape)}, expected points (N, 2)`);
  }
  const labels = classesIn(where, "data.y", y);
  expectSameLength(where, ["data.x", "data.y"], places.shape[0] ?? 0, labels.length);
  return rowsOf(places).map(([px = 0, py = 0], i) => ({ x: px, y: py, label: labels[i] ?? 0 }));
}

/** Asks the model on a grid a little wider than the points. */
function fieldOf(
  where: string,
  model: DrawnModel,
  points: readonly LabelledPoint[],
  resolution: number,
  output: Output | undefined,
): Field {
  const xs = ticks(
    points.map(({ x }) => x),
    resolution,
  );
  const ys = ticks(
    points.map(({ y }) => y),
    resolution,
  );
  const grid = array(ys.flatMap((y) => xs.map((x) => [x, y])));
  const rows = classProbabilities(where, predict(where, model, grid), output);
  if (rows.length !== xs.length * ys.length) {
    throw new ShapeError(
      `${where}: the model returns ${rows.length} rows for ${xs.length * ys.length} points`,
    );
  }
  const classes = rows[0]?.length ?? 0;
  const probabilities = Array.from({ length: classes }, (_, c) =>
    ys.map((_, i) => xs.map((_, j) => rows[i * xs.length + j]?.[c] ?? Number.NaN)),
  );
  return { xs, ys, probabilities };
}

/** Evenly spaced values over the range of the points and a tenth more on either side. */
function ticks(values: readonly number[], resolution: number): number[] {
  const [low, high] = extent(values);
  const room = (high - low) / 10;
  const [from, to] = [low - room, high + room];
  return Array.from({ length: resolution }, (_, i) => from + ((to - from) * i) / (resolution - 1));
}
