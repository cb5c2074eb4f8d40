import { formatShape, ShapeError } from "../np/index.ts";
import {
  argument,
  describe,
  expectArgument,
  functionOf,
  type Option,
  type OptionTable,
  type Required,
  settleOptions,
  withoutDefault,
} from "../np/internal.ts";
import { chart } from "./chart.ts";
import { contours } from "./contours.ts";
import { type ChartOptions, chartOptions } from "./labels.ts";
import { widened } from "./linear-axis.ts";
import { finite, short } from "./number-format.ts";
import { arrayOf, isNumbers, type Numbers, rowsOf } from "./numbers.ts";
import { classShapes, palette, seriesColours, seriesDashes } from "./palette.ts";
import type { Picture } from "./picture.ts";

type Place = readonly [x: number, y: number];

/** A range of an axis. */
export type AxisRange = readonly [low: number, high: number];

export interface OptimizerPathsOptions extends ChartOptions {
  /** What the horizontal axis shows. Default: all paths and a tenth more on either side. */
  readonly xRange?: AxisRange | undefined;
  /** What the vertical axis shows. Default: all paths and a tenth more on either side. */
  readonly yRange?: AxisRange | undefined;
}

const range: Option<AxisRange> = withoutDefault(
  argument<AxisRange>(
    "list",
    "a range [low, high]",
    (x) => Array.isArray(x) && x.length === 2 && x.every(finite),
    ([low, high]) => low < high,
  ),
  "all paths",
);

const contract = {
  name: "optimizerPaths",
  positional: {},
  options: { ...chartOptions, xRange: range, yRange: range } satisfies OptionTable<OptimizerPathsOptions>,
};

const someLoss = functionOf<(x: number, y: number) => number>("a function of two numbers");

const somePaths: Required<Readonly<Record<string, Numbers>>> = argument(
  "object",
  "the path of each optimizer by its name, such as { SGD: points, Adam: points }",
  (x) => {
    if (typeof x !== "object" || x === null || Array.isArray(x) || isNumbers(x)) return false;
    const paths = Object.values(x);
    return paths.length > 0 && paths.every(isNumbers);
  },
);

/** At most this many markers stand on a path. */
const mostMarkers = 16;

/**
 * Draws the path that each optimizer takes over a loss of two parameters: contour lines, closer
 * together near the minimum, and the paths, each with its own colour, dash and marker. A ring is the
 * start, a large marker with the name is the end. What leaves the picture is cut off.
 * Shapes: each path (T + 1, 2), the parameters before the first step and after each.
 * @throws ShapeError for paths of other shapes; RangeError for a path without finite points
 * @example optimizerPaths((x, y) => x * x + y * y, { SGD: [[1, 1], [0.5, 0.5]] }).description.slice(-33) // "SGD goes from 2 to 0.5 in 1 step."
 */
export function optimizerPaths(
  loss: (x: number, y: number) => number,
  paths: Readonly<Record<string, Numbers>>,
  options: OptimizerPathsOptions = {},
): Picture {
  const where = "optimizerPaths";
  expectArgument(where, "loss", someLoss, loss);
  expectArgument(where, "paths", somePaths, paths);
  const { title, xLabel, yLabel, width, xRange, yRange } = settleOptions(where, contract, options);
  const names = Object.keys(paths);
  const given = Object.entries(paths).map(([name, path]) => placesOf(where, name, path));
  const drawn = given.map((places) => places.filter(isKnown));
  const xs = xRange ?? widened(drawn.flat().map(([x]) => x));
  const ys = yRange ?? widened(drawn.flat().map(([, y]) => y));
  if (typeof loss(xs[0], ys[0]) !== "number") {
    throw new TypeError(
      `${where}: loss returns ${describe(loss(xs[0], ys[0]))}, expected a number; end it in .item()`,
    );
  }
  const { url, levels, colours, lowest, highest } = contours(loss, xs, ys);
  const axis = (field: string, name: string, domain: AxisRange): object => ({
    field,
    type: "quantitative",
    title: name,
    scale: { domain, nice: false, zero: false },
    axis: { grid: false, tickCount: 5 },
  });
  const at = { x: axis("x", xLabel ?? "parameter 1", xs), y: axis("y", yLabel ?? "parameter 2", ys) };
  const rows = drawn.flatMap((places, k) =>
    places.map(([x, y], i) => ({
      x,
      y,
      i,
      optimizer: names[k],
      marked: i % Math.ceil(places.length / mostMarkers) === 0,
      last: i === places.length - 1,
    })),
  );
  const byName = (values: readonly unknown[]): object => ({
    field: "optimizer",
    type: "nominal",
    scale: { domain: names, range: names.map((_, i) => values[i % values.length]) },
    legend: {
      title: null,
      orient: "top",
      columns: 3,
      symbolSize: 90,
      labelLimit: 220,
      symbolOpacity: 1,
    },
  });
  const color = byName(seriesColours);
  const shape = byName(classShapes);
  const marker = {
    type: "point",
    filled: true,
    opacity: 1,
    stroke: palette.edge,
    strokeWidth: 0.8,
    clip: true,
  };
  const starts = rows.filter(({ i }) => i === 0);
  const value = ([x, y]: Place): string => short(loss(x, y));
  const told = given.map((places, k) => `${names[k]} ${said(places, value)}`);
  return chart(
    `Paths of optimizers over a loss of two parameters, which lies between ${short(lowest)} and ${short(highest)} here. ${told.join("; ")}.`,
    {
      width,
      height: Math.round(0.8 * width),
      layer: [
        {
          data: { values: [{ x: xs[0], y: ys[0], x2: xs[1], y2: ys[1], url }] },
          mark: { type: "image", aspect: false },
          encoding: { ...at, x2: { field: "x2" }, y2: { field: "y2" }, url: { field: "url" } },
        },
        ...names.map((name, k) => ({
          data: { values: rows.filter(({ optimizer }) => optimizer === name) },
          mark: {
            type: "line",
            strokeWidth: 1.8,
            strokeDash: seriesDashes[k % seriesDashes.length],
            clip: true,
          },
          encoding: { ...at, color, order: { field: "i" } },
        })),
        {
          data: { values: rows.filter(({ marked }) => marked) },
          mark: { ...marker, size: 34 },
          encoding: { ...at, color, shape },
        },
        {
          data: { values: starts },
          mark: { type: "point", filled: false, color: palette.ink, size: 170, strokeWidth: 1.6, clip: true },
          encoding: at,
        },
        {
          data: { values: rows.filter(({ last }) => last) },
          mark: { ...marker, size: 150, stroke: palette.ink, strokeWidth: 1.2 },
          encoding: { ...at, color, shape },
        },
        {
          data: { values: starts.slice(0, 1) },
          mark: { type: "text", align: "left", dx: 11, dy: -9, fontSize: 12, color: palette.ink, clip: true },
          encoding: { ...at, text: { value: "start" } },
        },
        // Nothing is drawn by it but the legend of the bands.
        {
          data: { values: [{ value: lowest }] },
          mark: { type: "point", opacity: 0 },
          encoding: {
            fill: {
              field: "value",
              type: "quantitative",
              scale: { type: "threshold", domain: levels, range: colours },
              legend: {
                title: "loss",
                titleFontWeight: "normal",
                orient: "right",
                format: ".2~g",
                gradientLength: 150,
                gradientThickness: 12,
                gradientStrokeColor: palette.muted,
              },
            },
          },
        },
      ],
    },
    { title },
  );
}

/**
 * All points of a path.
 * @throws RangeError if none is finite
 */
function placesOf(where: string, name: string, path: Numbers): Place[] {
  const found = arrayOf(where, name, path, [2]);
  if (found.shape[1] !== 2) {
    throw new ShapeError(
      `${where}: ${name} has shape ${formatShape(found.shape)}, expected points (T + 1, 2)`,
    );
  }
  const places = rowsOf(found).map(([x = 0, y = 0]) => [x, y] as const);
  if (places.some(isKnown)) return places;
  throw new RangeError(`${where}: ${name} has ${places.length} points and none is finite`);
}

function isKnown(place: Place): boolean {
  return place.every(finite);
}

/** What a path does: how many steps it takes, from which value to which. */
function said(places: readonly Place[], value: (place: Place) => string): string {
  const known = places.filter(isKnown);
  const [first = [0, 0], last = [0, 0]] = [known[0], known.at(-1)] as const;
  const [ends, count] = [`from ${value(first)} to ${value(last)}`, places.length - 1];
  const steps = `${count} ${count === 1 ? "step" : "steps"}`;
  const odd = places.length - known.length;
  if (odd === 0) return `goes ${ends} in ${steps}`;
  const areLast = places.findLastIndex(isKnown) === known.length - 1;
  return `takes ${steps}: ${ends}, ${areLast ? "then" : "with"} ${odd} ${odd === 1 ? "point that is" : "points that are"} not finite`;
}
