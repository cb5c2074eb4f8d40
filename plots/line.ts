import { settleOptions } from "../np/internal.ts";
import { chart } from "./chart.ts";
import { type ChartOptions, chartOptions, sizeOf } from "./labels.ts";
import { leadingArguments } from "./leading-arguments.ts";
import { bounds, extent, linearAxis } from "./linear-axis.ts";
import { finite, short } from "./number-format.ts";
import type { Numbers } from "./numbers.ts";
import { seriesColours, seriesDashes } from "./palette.ts";
import type { Picture } from "./picture.ts";
import { isSeries, type Series, type SeriesPoint, seriesPoints } from "./series.ts";

const contract = { name: "line", positional: {}, options: chartOptions };

/** More points than this stand too close for markers. */
const mostMarkers = 30;

/**
 * Draws y over x, or over 0, 1, …. Several lines are an object: `line({ train, test })`. A line with
 * two axes holds the same measurement of several runs, a run in each row: it is drawn as their mean
 * in the band from the lowest to the highest. What is not finite breaks a line.
 * Shapes: x (N,), y (N,) or (S, N).
 * @throws ShapeError when x and y differ in length
 * @example line([1, 2, 4]).spec.data.values.map(({ y }) => y) // [1, 2, 4]
 */
export function line(y: Numbers | Series, options?: ChartOptions): Picture;
export function line(x: Numbers, y: Numbers | Series, options?: ChartOptions): Picture;
export function line(first: Numbers | Series, second?: unknown, third?: unknown): Picture {
  const { x, y, options } = leadingArguments<Series>("line", [first, second, third], isSeries);
  const { title, xLabel, yLabel, width } = settleOptions("line", contract, options);
  const { points, names } = seriesPoints("line", x, y);
  const isNamed = names.length > 1 || names[0] !== "";
  const ends = points.flatMap(({ y: mean, low, high }) => [
    mean ?? Number.NaN,
    low ?? Number.NaN,
    high ?? Number.NaN,
  ]);
  const axes = {
    x: linearAxis("x", xLabel ?? (x === undefined ? "index" : "x"), extent(points.map((point) => point.x))),
    y: linearAxis("y", yLabel ?? (isNamed ? "value" : "y"), extent(ends)),
  };
  const bySeries = (range: readonly unknown[]): object => ({
    field: "series",
    type: "nominal",
    scale: { domain: names, range: names.map((_, i) => range[i % range.length]) },
    legend: isNamed
      ? {
          title: null,
          orient: "top",
          symbolType: "stroke",
          symbolSize: 500,
          symbolStrokeWidth: 2,
          symbolOpacity: 1,
          columns: 3,
        }
      : null,
  });
  const color = bySeries(seriesColours);
  const hasBand = points.some(({ low }) => low !== undefined);
  const isSparse = names.every(
    (name) => points.filter(({ series }) => series === name).length <= mostMarkers,
  );
  const band = {
    mark: { type: "area", opacity: 0.22 },
    transform: [{ filter: "isValid(datum.low)" }],
    encoding: { x: axes.x, y: { ...axes.y, field: "low" }, y2: { field: "high" }, color },
  };
  const markers = {
    mark: { type: "point", filled: true, size: 26, opacity: 1 },
    transform: [{ filter: "isValid(datum.y)" }],
    encoding: { ...axes, color },
  };
  return chart(
    describe(points, names, isNamed),
    {
      ...sizeOf(width),
      data: { values: points },
      layer: [
        ...(hasBand ? [band] : []),
        {
          mark: { type: "line", strokeWidth: 1.8 },
          encoding: { ...axes, color, strokeDash: bySeries(seriesDashes) },
        },
        ...(isSparse ? [markers] : []),
      ],
    },
    { title },
  );
}

function describe(points: readonly SeriesPoint[], names: readonly string[], isNamed: boolean): string {
  const of = names.map((name) => {
    const drawn = points.filter(({ series }) => series === name).map(({ y }) => y ?? Number.NaN);
    const [low, high] = bounds(drawn) ?? [Number.NaN, Number.NaN];
    const missing = drawn.filter((y) => !finite(y)).length;
    return (
      `${isNamed ? `${name}, ` : ""}${drawn.length} points from ${short(drawn[0] ?? Number.NaN)} to ` +
      `${short(drawn.at(-1) ?? Number.NaN)}, lowest ${short(low)}, highest ${short(high)}` +
      `${missing > 0 ? `, ${missing} not finite` : ""}`
    );
  });
  return `${isNamed ? `Lines (${names.length})` : "A line"}: ${of.join("; ")}.`;
}
