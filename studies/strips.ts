import { significant } from "../np/internal.ts";
import type { Picture } from "../plots/index.ts";
import { chart, classShapes, palette, seriesColours } from "../plots/internal.ts";
import type { Spread } from "./study.ts";

export interface StripOptions {
  /** The series in their order. Default: the order in which the groups name them. */
  readonly series?: readonly string[];
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Whether the vertical axis is logarithmic. Default false. */
  readonly log?: boolean;
  /** A dashed line across the picture, with its meaning. */
  readonly level?: { readonly at: number; readonly text: string };
}

/**
 * Draws a point for each seed and a bar at the median: `spreads[group][series]`. Series differ in
 * colour and in shape. On a logarithmic axis what is below 1e-8 is drawn at 1e-8.
 */
export function strips(
  spreads: Readonly<Record<string, Readonly<Record<string, Spread>>>>,
  { title, xLabel, yLabel, log = false, level, series: order = [] }: StripOptions,
): Picture {
  const drawn = (value: number): number => (log ? Math.max(value, 1e-8) : value);
  const cells = Object.entries(spreads).flatMap(([group, of]) =>
    Object.entries(of).map(([series, spread]) => ({ group, series, spread })),
  );
  const groups = Object.keys(spreads);
  const longest = Math.max(...groups.map((group) => group.length));
  const drawnSeries = new Set(cells.map(({ series }) => series));
  const names = [...new Set([...order.filter((name) => drawnSeries.has(name)), ...drawnSeries])];
  const points = cells.flatMap(({ group, series, spread }) =>
    spread.values.map((value) => ({ group, series, value: drawn(value) })),
  );
  const medians = cells.map(({ group, series, spread }) => ({ group, series, value: drawn(spread.median) }));
  const x = {
    field: "group",
    type: "nominal",
    sort: groups,
    title: xLabel,
    axis: { labelAngle: groups.length > 4 && longest > 10 ? -25 : 0, labelOverlap: false },
  };
  const xOffset = { field: "series", sort: names };
  const y = {
    field: "value",
    type: "quantitative",
    title: yLabel,
    scale: log ? { type: "log", nice: true } : { zero: false, nice: true },
    axis: log ? { format: "~e", tickCount: 5 } : { tickCount: 5 },
  };
  const legend =
    names.length > 1
      ? { title: null, orient: "top", direction: "horizontal", columns: 3, labelLimit: 220 }
      : null;
  const color = { field: "series", type: "nominal", scale: { domain: names, range: seriesColours }, legend };
  const shape = { field: "series", type: "nominal", scale: { domain: names, range: classShapes }, legend };
  const line = level && {
    data: { values: [{ value: drawn(level.at), text: level.text }] },
    layer: [
      { mark: { type: "rule", strokeDash: [5, 4], color: palette.muted }, encoding: { y } },
      {
        mark: {
          type: "text",
          align: "left",
          baseline: "bottom",
          dy: -3,
          color: palette.muted,
          fontSize: 12,
        },
        encoding: { x: { value: 4 }, y, text: { field: "text" } },
      },
    ],
  };
  const said = cells
    .map(
      ({ group, series, spread }) =>
        `${group}${names.length > 1 ? ` ${series}` : ""} ${significant(spread.median, 3)}`,
    )
    .join(", ");
  return chart(
    `Points of ${points.length} runs, medians: ${said}.`,
    {
      width: 420,
      height: 260,
      layer: [
        ...(line ? [line] : []),
        {
          data: { values: medians },
          mark: { type: "tick", thickness: 3, size: Math.min(30, 220 / cells.length), orient: "horizontal" },
          encoding: { x, xOffset, y, color },
        },
        {
          data: { values: points },
          mark: { type: "point", filled: true, size: 34, opacity: 0.55 },
          encoding: { x, xOffset, y, color, shape },
        },
      ],
    },
    { title },
  );
}
