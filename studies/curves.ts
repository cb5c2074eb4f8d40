import { significant } from "../np/internal.ts";
import type { Picture } from "../plots/index.ts";
import { chart, classShapes, palette, seriesColours, seriesDashes } from "../plots/internal.ts";
import type { Spread } from "./study.ts";

interface Mark {
  readonly at: number;
  readonly text: string;
}

export interface CurveOptions {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** The measured values of x, from small to large; each has a label if there is room. */
  readonly x: readonly number[];
  /** Whether the vertical axis is logarithmic. Default false. */
  readonly log?: boolean;
  /** Dashed lines upwards, each with its meaning. */
  readonly marks?: readonly Mark[];
  readonly width?: number;
}

/**
 * Draws a line through medians in the band from the lowest to the highest seed: `series[name]`
 * has a spread for each x. The horizontal axis is logarithmic, as a grid of rates or widths is.
 */
export function curves(
  series: Readonly<Record<string, readonly Spread[]>>,
  { title, xLabel, yLabel, x, log = false, marks = [], width = 480 }: CurveOptions,
): Picture {
  const names = Object.keys(series);
  const points = Object.entries(series).flatMap(([name, spreads]) =>
    spreads.map(({ median, min, max }, i) => ({ series: name, x: x[i], median, min, max })),
  );
  const domain: [number, number] = [x[0] ?? 1, x.at(-1) ?? 1];
  const acrossAxis = {
    field: "x",
    type: "quantitative",
    title: xLabel,
    scale: { type: "log", domain, nice: false, padding: 8 },
    axis: { values: roomy(x), format: "~g", labelOverlap: false },
  };
  const upAxis = {
    field: "median",
    type: "quantitative",
    title: yLabel,
    scale: log ? { type: "log", nice: true } : { zero: false, nice: true },
    axis: log ? { format: "~g", tickCount: 5 } : { tickCount: 6 },
  };
  const legend =
    names.length > 1
      ? {
          title: null,
          orient: "top",
          symbolType: "stroke",
          symbolSize: 500,
          symbolStrokeWidth: 2,
          symbolOpacity: 1,
          labelLimit: 220,
          columns: 3,
        }
      : null;
  const bySeries = (range: readonly unknown[]): object => ({
    field: "series",
    type: "nominal",
    scale: { domain: names, range: names.map((_, i) => range[i % range.length]) },
    legend,
  });
  const [color, strokeDash] = [bySeries(seriesColours), bySeries(seriesDashes)];
  const shape = { ...bySeries(classShapes), legend: null };
  const middle = Math.sqrt(domain[0] * domain[1]);
  return chart(
    said(series, x),
    {
      width,
      height: 280,
      data: { values: points },
      layer: [
        {
          mark: { type: "area", opacity: 0.18 },
          encoding: { x: acrossAxis, y: { ...upAxis, field: "min" }, y2: { field: "max" }, color },
        },
        { mark: { type: "line", strokeWidth: 2 }, encoding: { x: acrossAxis, y: upAxis, color, strokeDash } },
        {
          mark: { type: "point", filled: true, size: 40, opacity: 1 },
          encoding: { x: acrossAxis, y: upAxis, color, shape },
        },
        ...(marks.length === 0 ? [] : [markLayer(marks, acrossAxis, middle)]),
      ],
      resolve: { legend: { shape: "independent" } },
    },
    { title },
  );
}

/** The values whose labels do not touch on a logarithmic axis. */
function roomy(x: readonly number[]): number[] {
  const least = 0.055 * Math.log((x.at(-1) ?? 1) / (x[0] ?? 1));
  const kept: number[] = [];
  for (const value of x)
    if (kept.length === 0 || Math.log(value / (kept.at(-1) ?? 1)) >= least) kept.push(value);
  return kept;
}

/** Each mark's words stand beside its line, a row lower than those before, so that none overlap. */
function markLayer(marks: readonly Mark[], x: object, middle: number): object {
  const quiet = { ...x, field: "at" };
  const words = (isLeft: boolean): object => ({
    mark: {
      type: "text",
      align: isLeft ? "left" : "right",
      baseline: "top",
      dx: isLeft ? 4 : -4,
      fontSize: 12,
      color: palette.ink,
    },
    transform: [
      { filter: isLeft ? `datum.at <= ${middle}` : `datum.at > ${middle}` },
      { calculate: "4 + 16 * datum.row", as: "down" },
    ],
    encoding: { x: quiet, y: { field: "down", type: "quantitative", scale: null }, text: { field: "text" } },
  });
  return {
    data: { values: marks.map((mark, row) => ({ ...mark, row })) },
    layer: [
      { mark: { type: "rule", strokeDash: [5, 4], color: palette.muted }, encoding: { x: quiet } },
      words(true),
      words(false),
    ],
    resolve: { scale: { y: "independent" } },
  };
}

function said(series: Readonly<Record<string, readonly Spread[]>>, x: readonly number[]): string {
  const lines = Object.entries(series).map(
    ([name, spreads]) =>
      `${name} ${spreads.map(({ median }, i) => `${significant(median, 3)} at ${significant(x[i] ?? Number.NaN, 3)}`).join(", ")}`,
  );
  return `Medians over the seeds: ${lines.join("; ")}.`;
}
