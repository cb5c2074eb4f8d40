import { count, type OptionTable, optional, settleOptions } from "../np/internal.ts";
import { chart } from "./chart.ts";
import { type ChartOptions, chartOptions, sizeOf } from "./labels.ts";
import { bounds, linearAxis } from "./linear-axis.ts";
import { finite, count as grouped, short } from "./number-format.ts";
import { arrayOf, type Numbers, valuesOf } from "./numbers.ts";
import { palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

export interface HistogramOptions extends ChartOptions {
  /** How many intervals of equal width. Default 10, as in NumPy. */
  readonly bins?: number | undefined;
}

const contract = {
  name: "histogram",
  positional: {},
  options: { ...chartOptions, bins: optional(count(), 10) } satisfies OptionTable<HistogramOptions>,
};

/**
 * Draws how often values fall into each of `bins` intervals between the smallest and the largest.
 * As in NumPy, an interval includes its left end, and the last one both. Values that are not finite
 * are left out, which the description says.
 * Shapes: values of any shape, each element counts.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.histogram.html
 * @example histogram([0, 1, 1, 2], { bins: 2 }).spec.data.values.map(({ count }) => count) // [1, 3]
 */
export function histogram(values: Numbers, options: HistogramOptions = {}): Picture {
  const given = valuesOf(arrayOf("histogram", "values", values, [0, 1, 2, 3, 4, 5, 6]));
  const { bins, title, xLabel, yLabel, width } = settleOptions("histogram", contract, options);
  const drawn = given.filter(finite);
  const [low, high] = rangeOf(drawn);
  const step = (high - low) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : i * step + low));
  const counts = countsOf(drawn, edges);
  const rows = counts.map((n, i) => ({ from: edges[i], to: edges[i + 1], count: n }));
  const left = given.length - drawn.length;
  return chart(
    `A histogram of ${grouped(drawn.length)} values from ${short(low)} to ${short(high)} in ${bins} bins, at most ` +
      `${grouped(Math.max(...counts))} in one${left > 0 ? `; ${left} that are not finite are left out` : ""}.`,
    {
      ...sizeOf(width),
      data: { values: rows },
      mark: { type: "bar", color: palette.train, binSpacing: bins > 60 ? 0 : 1 },
      encoding: {
        x: { ...linearAxis("from", xLabel ?? "value", [low, high]), bin: "binned" },
        x2: { field: "to" },
        y: {
          field: "count",
          type: "quantitative",
          title: yLabel ?? "count",
          axis: { tickCount: 5, tickMinStep: 1 },
        },
      },
    },
    { title },
  );
}

/** As NumPy: half a unit each way around values that are all equal. */
function rangeOf(values: readonly number[]): [number, number] {
  const [low, high] = bounds(values) ?? [0, 1];
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

function countsOf(values: readonly number[], edges: readonly number[]): number[] {
  const bins = edges.length - 1;
  const [low = 0, high = 1] = [edges[0], edges[bins]];
  const counts: number[] = new Array(bins).fill(0);
  for (const value of values) {
    let bin = Math.min(Math.floor(((value - low) / (high - low)) * bins), bins - 1);
    // The division rounds, so the edges themselves decide.
    if (value < (edges[bin] ?? low)) bin -= 1;
    else if (bin < bins - 1 && value >= (edges[bin + 1] ?? high)) bin += 1;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
