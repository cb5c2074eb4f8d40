import { integer, type Option, optional, text, withoutDefault } from "../np/internal.ts";

/** The words around a chart. */
export interface Labels {
  /** Above the picture. Default: none. */
  readonly title?: string | undefined;
  /** What the horizontal axis shows, with its unit. */
  readonly xLabel?: string | undefined;
  /** What the vertical axis shows, with its unit. */
  readonly yLabel?: string | undefined;
}

/** The rows of a contract for `Labels`; a chart names its axes itself unless it is given a name. */
export const labels: {
  readonly title: Option<string>;
  readonly xLabel: Option<string>;
  readonly yLabel: Option<string>;
} = {
  title: withoutDefault(text),
  xLabel: withoutDefault(text),
  yLabel: withoutDefault(text),
};

/** The words around a chart, and its size. */
export interface ChartOptions extends Labels {
  /** The width between the axes, in pixels; the height follows from it. Default 340. */
  readonly width?: number | undefined;
}

/** The rows of a contract for `ChartOptions`. */
export const chartOptions: typeof labels & { readonly width: Option<number> } = {
  ...labels,
  width: optional(integer({ least: 50, most: 5000 }), 340),
};

/** The width of a chart in a report: with its axis as wide as a phone, so that its text is not made smaller. */
export const reportWidth = 232;

/** The size of a chart of curves, bars or points. */
export function sizeOf(width: number): { readonly width: number; readonly height: number } {
  return { width, height: Math.round(0.68 * width) };
}
