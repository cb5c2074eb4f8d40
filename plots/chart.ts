import { epochDomain } from "./epochs.ts";
import { palette } from "./palette.ts";

/** A Vega-Lite specification; plain JSON, ready for `toSvg` or any other Vega-Lite reader. */
export interface ChartSpec {
  /** What the picture shows, in words: becomes its label for those who cannot see it. */
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
  },
  axisX: { grid: false },
  legend: {
    labelColor: palette.ink,
    labelFontSize: 12,
    titleColor: palette.ink,
    layout: { top: { anchor: "start", direction: "horizontal", center: true, margin: 18, offset: 8 } },
  },
};

/** Adds what all charts of the house share: fonts, colours, a transparent view. */
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

/** Layers that say, in the colour of alarm, from which epoch on a curve has no finite value; none when all have. */
export function alarmLayers(
  epochs: readonly { readonly epoch: number }[],
  broken: { readonly epoch: number; readonly text: string } | undefined,
): readonly Readonly<Record<string, unknown>>[] {
  if (!broken) return [];
  const [first, last] = epochDomain(epochs);
  const right = broken.epoch > (first + last) / 2;
  const data = { values: [broken] };
  const x = { field: "epoch", type: "quantitative" };
  return [
    { data, mark: { type: "rule", color: palette.alarm, strokeWidth: 2 }, encoding: { x } },
    {
      data,
      mark: {
        type: "text",
        color: palette.alarm,
        fontSize: 13,
        fontWeight: "bold",
        align: right ? "right" : "left",
        dx: right ? -6 : 6,
      },
      encoding: { x, y: { value: 12 }, text: { field: "text" } },
    },
  ];
}
