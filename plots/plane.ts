import { array, formatShape, type NDArray, ShapeError } from "../np/index.ts";
import type { LabelledPoint } from "./boundary.ts";
import type { Field } from "./field.ts";
import { ticks } from "./linear-axis.ts";
import { type DrawnModel, predict } from "./model.ts";
import { arrayOf, expectSameLength, type Numbers, rowsOf, valuesOf } from "./numbers.ts";
import { classesIn } from "./predicted-classes.ts";
import { classProbabilities, type Output } from "./probabilities.ts";

/** Points of the plane with their classes, as `moons()` and the other toy sets give them. */
export interface PlaneData {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly classes?: readonly string[] | undefined;
}

/** The points of a data set. */
export function pointsOf(where: string, { x, y }: PlaneData): LabelledPoint[] {
  const places = arrayOf(where, "data.x", x, [2]);
  if (places.shape[1] !== 2 || places.shape[0] === 0) {
    throw new ShapeError(`${where}: data.x has shape ${formatShape(places.shape)}, expected points (N, 2)`);
  }
  const labels = classesIn(where, "data.y", y);
  expectSameLength(where, ["data.x", "data.y"], places.shape[0] ?? 0, labels.length);
  return rowsOf(places).map(([px = 0, py = 0], i) => ({ x: px, y: py, label: labels[i] ?? 0 }));
}

/** Asks the model on a grid a little wider than the points. */
export function fieldOf(
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
  const scores = predict(where, model, grid);
  const isUnit = isInUnitRange(scores);
  // Far away, logits leave 0 … 1, and probabilities do not.
  const areLogits = isUnit && output === undefined && !isInUnitRange(predict(where, model, grid.mul(1e6)));
  const rows = classProbabilities(where, scores, areLogits ? "logits" : output);
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

function isInUnitRange(scores: NDArray): boolean {
  return !valuesOf(scores).some((score) => score < 0 || score > 1);
}
