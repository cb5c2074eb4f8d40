import { expectArgument, settleOptions } from "../np/internal.ts";
import { lrRangeCurve } from "./arguments.ts";
import { chart } from "./chart.ts";
import { type ChartOptions, chartOptions, sizeOf } from "./labels.ts";
import { finite } from "./number-format.ts";
import { palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

/** The part of `lrRangeTest`'s result that is drawn. */
export interface LrRangeCurve {
  readonly points: readonly { readonly lr: number; readonly loss: number; readonly smoothed: number }[];
  readonly suggestion: number | null;
}

const contract = { name: "lrRangeChart", positional: {}, options: chartOptions };

/**
 * Draws the loss of each batch (points) and its running average (line) over the learning rate, with
 * the suggested rate. Where the loss explodes, the axis ends at twice the first average, so that
 * the fall before stays visible.
 */
export function lrRangeChart(curve: LrRangeCurve, options: ChartOptions = {}): Picture {
  expectArgument("lrRangeChart", "curve", lrRangeCurve, curve);
  const { points, suggestion } = curve;
  const { width, xLabel, yLabel, ...words } = settleOptions("lrRangeChart", contract, options);
  const top = 2 * Math.max(...points.slice(0, 1).map(({ smoothed }) => smoothed), 0);
  const rows = points.filter((row) => finite(row.loss) && finite(row.smoothed));
  const x = {
    field: "lr",
    type: "quantitative",
    title: xLabel ?? "learning rate",
    scale: { type: "log", domain: [rows.at(0)?.lr ?? 1e-6, rows.at(-1)?.lr ?? 1], nice: false },
    axis: { format: ".0e", tickCount: 6 },
  };
  const y = (field: string): object => ({
    field,
    type: "quantitative",
    title: yLabel ?? "loss of a batch",
    scale: { domain: [0, top || 1], clamp: true },
    axis: { format: "~g", tickCount: 5 },
  });
  const best = {
    values: suggestion === null ? [] : [{ lr: suggestion, text: `lr ${formatRate(suggestion)}` }],
  };
  return chart(
    describe(points.length, suggestion),
    {
      ...sizeOf(width),
      data: { values: rows },
      layer: [
        {
          mark: { type: "point", filled: true, size: 14, color: palette.muted, opacity: 0.6 },
          encoding: { x, y: y("loss") },
        },
        { mark: { type: "line", color: palette.train, strokeWidth: 2 }, encoding: { x, y: y("smoothed") } },
        { data: best, mark: { type: "rule", color: palette.test, strokeDash: [4, 3] }, encoding: { x } },
        {
          data: best,
          mark: { type: "text", align: "right", dx: -5, baseline: "top", fontSize: 12, color: palette.test },
          encoding: { x, y: { value: 4 }, text: { field: "text" } },
        },
      ],
    },
    words,
  );
}

function describe(steps: number, suggestion: number | null): string {
  const found =
    suggestion === null ? "The loss never fell clearly." : `It falls fastest at ${formatRate(suggestion)}.`;
  return `The loss of ${steps} batches, each at a larger learning rate than the one before. ${found}`;
}

function formatRate(lr: number): string {
  return `${Number(lr.toPrecision(2))}`;
}
