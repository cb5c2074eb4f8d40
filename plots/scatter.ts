import { formatShape, type NDArray, ShapeError } from "../np/index.ts";
import { describe, type OptionTable, settleOptions, withoutDefault } from "../np/internal.ts";
import { names as someNames, numbers as someNumbers } from "./arguments.ts";
import { chart } from "./chart.ts";
import { classesOf, classMarks } from "./classes.ts";
import { gradient } from "./gradient.ts";
import { type ChartOptions, chartOptions, sizeOf } from "./labels.ts";
import { leadingArguments } from "./leading-arguments.ts";
import { bounds, extent, linearAxis } from "./linear-axis.ts";
import { finite, short } from "./number-format.ts";
import { arrayOf, expectSameLength, isNumbers, type Numbers, rowsOf, valuesOf } from "./numbers.ts";
import { palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

export interface ScatterOptions extends ChartOptions {
  /** A number for each point: whole numbers are classes, others go from dark (small) to light. */
  readonly color?: Numbers | undefined;
  /** The names of classes 0, 1, …. */
  readonly classNames?: readonly string[] | undefined;
}

const contract = {
  name: "scatter",
  positional: {},
  options: {
    ...chartOptions,
    color: withoutDefault(someNumbers, "one colour for all"),
    classNames: withoutDefault(someNames, "their numbers"),
  } satisfies OptionTable<ScatterOptions>,
};

/** More classes than this are drawn as a scale. */
const mostClasses = 36;

/**
 * Draws a point for each pair of numbers. With `color: labels` each class has its own colour and
 * shape. Points that are not finite are left out, which the description says.
 * Shapes: x (N,) and y (N,), or points (N, 2); color (N,) or (N, 1).
 * @throws ShapeError when x, y and color differ in length
 * @example scatter([[0, 1], [2, 3]], { color: [0, 1] }).spec.data.values.length // 2
 */
export function scatter(points: Numbers, options?: ScatterOptions): Picture;
export function scatter(x: Numbers, y: Numbers, options?: ScatterOptions): Picture;
export function scatter(first: Numbers, second?: unknown, third?: unknown): Picture {
  const { x, y, options } = leadingArguments("scatter", [first, second, third], isNumbers);
  const { title, xLabel, yLabel, width, color, classNames } = settleOptions("scatter", contract, options);
  const [xs, ys] = x === undefined ? columns(y) : [vector("x", x), vector("y", y)];
  expectSameLength("scatter", ["x", "y"], xs.length, ys.length);
  const colors = color === undefined ? null : valuesOf(arrayOf("scatter", "color", color, [1, 2]));
  if (colors) expectSameLength("scatter", ["x", "color"], xs.length, colors.length);
  const all = xs.map((at, i) => ({
    x: at,
    y: ys[i] ?? Number.NaN,
    ...(colors && { color: colors[i] ?? 0 }),
  }));
  const points = all.filter((point) => finite(point.x) && finite(point.y) && finite(point.color ?? 0));
  const { rows, mark, encoding, said } = coloured(points, colors, classNames);
  const left = all.length - points.length;
  return chart(
    `${points.length} points, x from ${range(points.map((one) => one.x))}, y from ${range(points.map((one) => one.y))}${said}` +
      `${left > 0 ? `; ${left} that are not finite are left out` : ""}.`,
    {
      ...sizeOf(width),
      data: { values: rows },
      mark,
      encoding: {
        x: linearAxis("x", xLabel ?? (x === undefined ? "x₁" : "x"), extent(xs)),
        y: linearAxis("y", yLabel ?? (x === undefined ? "x₂" : "y"), extent(ys)),
        ...encoding,
      },
    },
    { title },
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly color?: number;
}

/** The rows of the chart, and how their markers look: one colour, a class each, or a scale. */
function coloured(
  points: readonly Point[],
  colors: readonly number[] | null,
  classNames: readonly string[] | undefined,
): {
  readonly rows: readonly object[];
  readonly mark: object;
  readonly encoding: object;
  readonly said: string;
} {
  const plain = { type: "point", filled: true, size: 30, opacity: 0.9, strokeWidth: 0 };
  if (!colors) return { rows: points, mark: { ...plain, color: palette.train }, encoding: {}, said: "" };
  const labels = points.map(({ color = 0 }) => color);
  const classes = classesOf(labels, classNames);
  const isClasses = labels.every(Number.isInteger) && classes.indices.length <= mostClasses;
  if (classNames && !isClasses) {
    throw new RangeError(
      `scatter: classNames are given, but color holds ${describe(labels.find((label) => !Number.isInteger(label)))}; ` +
        "give class indices 0, 1, … as color",
    );
  }
  if (isClasses) {
    const rows = points.map((point, i) => ({ ...point, class: classes.nameOf(labels[i] ?? 0) }));
    return { rows, ...classMarks(classes), said: ` in ${classes.indices.length} classes` };
  }
  const [low, high] = extent(labels);
  return {
    rows: points,
    mark: { ...plain, stroke: palette.muted, strokeWidth: 0.5 },
    encoding: { color: gradient("color", [low, high]) },
    said: `, coloured by a number from ${short(low)} to ${short(high)}`,
  };
}

function vector(name: string, value: Numbers): number[] {
  return valuesOf(arrayOf("scatter", name, value, [1]));
}

function columns(points: Numbers): [number[], number[]] {
  const found: NDArray = arrayOf("scatter", "points", points, [2]);
  if (found.shape[1] !== 2) {
    throw new ShapeError(
      `scatter: points have shape ${formatShape(found.shape)}, expected (N, 2); for other columns give scatter(x, y)`,
    );
  }
  const rows = rowsOf(found);
  return [rows.map(([x = 0]) => x), rows.map(([, y = 0]) => y)];
}

function range(values: readonly number[]): string {
  return (bounds(values) ?? [Number.NaN, Number.NaN]).map(short).join(" to ");
}
