import type { ChartOptions } from "./labels.ts";
import { extent } from "./linear-axis.ts";
import { loss, percent } from "./number-format.ts";
import { palette } from "./palette.ts";

export type Measure = "loss" | "accuracy";

/** What curves over epochs are drawn of, and the words around them. */
export interface CurveWords extends ChartOptions {
  readonly width: number;
  readonly measure: Measure;
}

/** How a loss and an accuracy are written. */
export const measures: Readonly<
  Record<
    Measure,
    { readonly title: string; readonly format: string; readonly say: (value: number) => string }
  >
> = {
  loss: { title: "mean loss per sample", format: "~g", say: loss },
  accuracy: { title: "accuracy (%)", format: ".3~%", say: percent },
};

/** The vertical axis of curves over epochs. */
export function valueAxis(
  measure: Measure,
  yLabel: string | undefined,
  rows: readonly { readonly value: number }[],
): object {
  const { title, format } = measures[measure];
  return {
    field: "value",
    type: "quantitative",
    title: yLabel ?? title,
    scale: { domain: extent(rows.map((row) => row.value)), nice: true, zero: false, padding: 6 },
    axis: { format, tickCount: 5 },
  };
}

/** The colours and markers of what was trained on and what was not. */
export function byPart(parts: readonly string[]): { readonly color: object; readonly shape: object } {
  const encoding = (range: readonly string[]): object => ({
    field: "part",
    type: "nominal",
    scale: { domain: parts, range },
    legend: { title: null, orient: "top", symbolSize: 90, symbolStrokeWidth: 0 },
  });
  return { color: encoding([palette.train, palette.test]), shape: encoding(["circle", "square"]) };
}
