import {
  argument,
  expectArgument,
  type OptionTable,
  objectWith,
  oneOf,
  optional,
  type Required,
  settleOptions,
  withoutDefault,
} from "../np/internal.ts";
import { numbers as someNumbers } from "./arguments.ts";
import { chart } from "./chart.ts";
import { type ChartOptions, chartOptions, sizeOf } from "./labels.ts";
import { extent, inPixels } from "./linear-axis.ts";
import { finite, short } from "./number-format.ts";
import type { Numbers } from "./numbers.ts";
import { palette, seriesDashes } from "./palette.ts";
import type { Picture } from "./picture.ts";
import { type SeriesPoint, seriesPoints } from "./series.ts";

/** The same loss on both parts of the data. Shapes: (N,), or (S, N) for S runs. */
export interface GapLosses {
  readonly train: Numbers;
  readonly validation: Numbers;
}

export interface GeneralizationGapOptions extends ChartOptions {
  /** Capacities to mark, by the text beside the line: `{ "first try": 8, chosen: 64 }`. */
  readonly marks?: Readonly<Record<string, number>> | undefined;
  /** `log` for capacities that double. Default "linear". */
  readonly xScale?: "linear" | "log" | undefined;
  /** Default "linear". */
  readonly yScale?: "linear" | "log" | undefined;
}

const someMarks: Required<Readonly<Record<string, number>>> = argument(
  "object",
  "capacities by name, such as { chosen: 64 }",
  (x) => typeof x === "object" && x !== null && !Array.isArray(x) && Object.values(x).every(finite),
);

const scale = optional(oneOf("linear", "log"), "linear");

const contract = {
  name: "generalizationGap",
  positional: {},
  options: {
    ...chartOptions,
    marks: withoutDefault(someMarks, "none"),
    xScale: scale,
    yScale: scale,
  } satisfies OptionTable<GeneralizationGapOptions>,
};

const losses = objectWith<GapLosses>("losses by part: { train, validation }", {
  train: someNumbers,
  validation: someNumbers,
});

/** What errors call the arrays. */
const argumentNames: ReadonlyMap<string, string> = new Map([
  ["x", "capacity"],
  ["training", "loss.train"],
  ["validation", "loss.validation"],
]);

/**
 * Draws training and validation loss over the capacity of a model, with the gap between them shaded:
 * where both are high the model underfits, where the gap is wide it overfits. The rows of a matrix
 * are runs: the lines are their means, and thin bars reach from the lowest to the highest.
 * Shapes: capacity (N,), train and validation (N,) or (S, N).
 * @throws ShapeError when lengths differ; RangeError for numbers that a logarithmic axis cannot show
 * @see Goodfellow, Bengio & Courville, "Deep Learning", 2016, figure 5.3
 * @example generalizationGap([1, 2, 4], { train: [3, 2, 0], validation: [3, 2, 4] }).description.slice(-27) // "the gap there is 0; 4 at 4."
 */
export function generalizationGap(
  capacity: Numbers,
  loss: GapLosses,
  options: GeneralizationGapOptions = {},
): Picture {
  const where = "generalizationGap";
  expectArgument(where, "capacity", someNumbers, capacity);
  expectArgument(where, "loss", losses, loss);
  const {
    title,
    xLabel,
    yLabel,
    width,
    marks = {},
    xScale,
    yScale,
  } = settleOptions(where, contract, options);
  const { points } = seriesPoints(
    where,
    capacity,
    { training: loss.train, validation: loss.validation },
    argumentNames,
  );
  const [train = [], validation = []] = ["training", "validation"].map((name) =>
    points.filter(({ series }) => series === name),
  );
  const ends = [...endsOf(train), ...endsOf(validation)];
  const places = [...points.map(({ x }) => x), ...Object.values(marks)];
  if (xScale === "log") {
    expectPositive(
      where,
      "capacity holds",
      train.map(({ x }) => x),
      "xScale",
    );
    for (const [name, at] of Object.entries(marks)) expectPositive(where, `marks.${name} is`, [at], "xScale");
  }
  if (yScale === "log") {
    expectPositive(where, "loss.train holds", endsOf(train), "yScale");
    expectPositive(where, "loss.validation holds", endsOf(validation), "yScale");
  }
  const axis = (field: string, name: string, type: string, values: readonly number[]): object => ({
    field,
    type: "quantitative",
    title: name,
    scale: {
      type,
      domain: extent(values),
      nice: type === "linear",
      padding: 8,
      ...(type === "linear" && { zero: false }),
    },
    axis: { tickCount: 5, format: "~g" },
  });
  const x = axis("x", xLabel ?? "capacity", xScale, places);
  const y = axis("y", yLabel ?? "loss", yScale, ends);
  const gaps = train.flatMap((one, i) => {
    const other = validation[i];
    return finite(one.y) && finite(other?.y) ? [{ x: one.x, y: one.y, y2: other.y }] : [];
  });
  const [left, right] = extent(xScale === "log" ? places.map(Math.log) : places);
  const share = (at: number): number => ((xScale === "log" ? Math.log(at) : at) - left) / (right - left);
  const marked = Object.entries(marks)
    .sort(([, a], [, b]) => a - b)
    .map(([name, at], i) => ({
      x: at,
      text: name,
      y: 6 + 15 * (i % 3),
      align: share(at) > 0.85 ? "right" : "left",
    }));
  const looks = (range: readonly unknown[]): object => ({
    field: "series",
    type: "nominal",
    scale: { domain: ["training", "validation"], range },
    legend: { title: null, orient: "top", symbolSize: 90, direction: "horizontal" },
  });
  const color = looks([palette.train, palette.test]);
  const drawn = points.filter((point) => finite(point.y));
  return chart(
    said(train, validation),
    {
      ...sizeOf(width),
      layer: [
        {
          data: { values: gaps },
          mark: { type: "area", color: palette.muted, opacity: 0.2 },
          encoding: { x, y, y2: { field: "y2" } },
        },
        {
          data: { values: drawn.filter(({ low }) => low !== undefined) },
          mark: { type: "rule", strokeWidth: 1.2 },
          encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
        },
        ...[train, validation].map((values, i) => ({
          data: { values },
          mark: { type: "line", strokeWidth: 2, strokeDash: seriesDashes[i] },
          encoding: { x, y, color },
        })),
        {
          data: { values: drawn },
          mark: { type: "point", filled: true, size: 44, opacity: 1 },
          encoding: { x, y, color, shape: looks(["circle", "square"]) },
        },
        {
          data: { values: marked },
          mark: { type: "rule", color: palette.ink, strokeDash: [2, 3], strokeWidth: 1.4 },
          encoding: { x },
        },
        ...(["left", "right"] as const).map((align) => ({
          data: { values: marked.filter((mark) => mark.align === align) },
          mark: {
            type: "text",
            align,
            baseline: "top",
            dx: align === "left" ? 4 : -4,
            fontSize: 12,
            color: palette.ink,
          },
          encoding: {
            x,
            y: inPixels("y"),
            text: { field: "text" },
          },
        })),
      ],
    },
    { title },
  );
}

/** The finite means, with the lowest and the highest of the runs. */
function endsOf(points: readonly SeriesPoint[]): number[] {
  return points.flatMap(({ y, low, high }) => [y, low, high]).filter((one) => finite(one));
}

/** @throws RangeError for numbers that the logarithmic axis of this option cannot show */
function expectPositive(where: string, said: string, values: readonly number[], option: string): void {
  const wrong = values.find((value) => value <= 0);
  if (wrong === undefined) return;
  throw new RangeError(
    `${where}: ${said} ${short(wrong)}, and a logarithmic axis shows numbers above 0; use ${option}: "linear"`,
  );
}

function said(train: readonly SeriesPoint[], validation: readonly SeriesPoint[]): string {
  const at = (point: SeriesPoint | undefined): number => point?.y ?? Number.NaN;
  const gap = (i: number): string => short(at(validation[i]) - at(train[i]));
  const last = validation.length - 1;
  const best = validation.reduce(
    (least, point, i) => (at(point) < (validation[least]?.y ?? Infinity) ? i : least),
    0,
  );
  return (
    `Training and validation loss over ${validation.length} capacities, the gap between them shaded; ` +
    `validation is lowest, ${short(at(validation[best]))}, at ${short(validation[best]?.x ?? Number.NaN)}; ` +
    `the gap there is ${gap(best)}; ${gap(last)} at ${short(validation[last]?.x ?? Number.NaN)}.`
  );
}
