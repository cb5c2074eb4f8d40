import type { Labels } from "./labels.ts";
import { palette } from "./palette.ts";
import { Picture } from "./picture.ts";

/** A Vega-Lite specification; plain JSON, ready for `toSvg` or any other Vega-Lite reader. */
export interface ChartSpec {
  /** A description of the picture, which becomes its label for people who cannot see it. */
  readonly description: string;
  readonly [key: string]: unknown;
}

const config = {
  font: "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
  aria: false,
  mark: { aria: false },
  view: { stroke: null },
  axis: {
    domainColor: palette.muted,
    tickColor: palette.muted,
    tickSize: 4,
    gridColor: palette.grid,
    labelColor: palette.muted,
    labelFontSize: 12,
    labelPadding: 4,
    titleColor: palette.ink,
    titleFontSize: 12.5,
    titleFontWeight: "normal",
    titlePadding: 8,
    labelOverlap: true,
  },
  axisX: { grid: false },
  // A fixed label width, so that charts side by side align. Without a DOM, Vega estimates it too large.
  axisY: { minExtent: 42, maxExtent: 54 },
  title: { color: palette.ink, fontSize: 14, fontWeight: 600, anchor: "start", frame: "group", offset: 10 },
  legend: {
    labelColor: palette.ink,
    labelFontSize: 12,
    titleColor: palette.ink,
    layout: { top: { anchor: "start", direction: "vertical", margin: 4, offset: 8 } },
  },
};

/** Adds what all charts share: fonts, colours, a transparent view, the title. */
export function chart(
  description: string,
  body: Readonly<Record<string, unknown>>,
  { title }: Labels = {},
): Picture {
  return new Picture({
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: title === undefined ? description : `${title}: ${description}`,
    background: palette.board,
    padding: 6,
    config,
    ...(title !== undefined && { title }),
    ...body,
  });
}

/**
 * Layers that mark in the alarm colour the epoch from which a curve has no finite value; none if
 * all are finite.
 */
export function alarmLayers(
  broken: { readonly epoch: number; readonly text: string } | undefined,
  width: number,
): readonly Readonly<Record<string, unknown>>[] {
  if (!broken) return [];
  const data = { values: [broken] };
  const x = { field: "epoch", type: "quantitative" };
  const text = {
    type: "text",
    color: palette.alarm,
    fontSize: 12,
    fontWeight: "bold",
    limit: 1.5 * width,
  };
  const middle = { value: width / 2 };
  return [
    { data, mark: { type: "rule", color: palette.alarm, strokeWidth: 2 }, encoding: { x } },
    { data, mark: text, encoding: { x: middle, y: { value: 10 }, text: { field: "text" } } },
  ];
}
