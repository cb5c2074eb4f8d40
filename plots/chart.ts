import { palette } from "./palette.ts";

/** A Vega-Lite specification; plain JSON, ready for `toSvg` or any other Vega-Lite reader. */
export interface ChartSpec {
  /** A description of the picture, which becomes its label for people who cannot see it. */
  readonly description: string;
  readonly [key: string]: unknown;
}

/** Size of a chart over epochs, in pixels. */
export const curveSize = { width: 330, height: 220 } as const;

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
  },
  axisX: { grid: false },
  // A fixed label width, so that charts side by side align.
  axisY: { minExtent: 40 },
  legend: {
    labelColor: palette.ink,
    labelFontSize: 12,
    titleColor: palette.ink,
    layout: { top: { anchor: "start", direction: "horizontal", center: true, margin: 18, offset: 8 } },
  },
};

/** Adds what all charts share: fonts, colours, a transparent view. */
export function chart(description: string, body: Readonly<Record<string, unknown>>): ChartSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description,
    background: palette.board,
    padding: 6,
    config,
    ...body,
  };
}

/**
 * Layers that mark in the alarm colour the epoch from which a curve has no finite value; none if
 * all are finite.
 */
export function alarmLayers(
  broken: { readonly epoch: number; readonly text: string } | undefined,
): readonly Readonly<Record<string, unknown>>[] {
  if (!broken) return [];
  const data = { values: [broken] };
  const x = { field: "epoch", type: "quantitative" };
  const text = {
    type: "text",
    color: palette.alarm,
    fontSize: 12,
    fontWeight: "bold",
    limit: curveSize.width,
  };
  const middle = { value: curveSize.width / 2 };
  return [
    { data, mark: { type: "rule", color: palette.alarm, strokeWidth: 2 }, encoding: { x } },
    { data, mark: text, encoding: { x: middle, y: { value: 10 }, text: { field: "text" } } },
  ];
}
