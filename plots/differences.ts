import {
  anyNumber,
  expectArgument,
  type OptionTable,
  settleOptions,
  withoutDefault,
} from "../np/internal.ts";
import { epochRecords } from "./arguments.ts";
import { alarmLayers, chart } from "./chart.ts";
import { type EpochRecord, epochAxis } from "./epochs.ts";
import { type ChartOptions, chartOptions, sizeOf } from "./labels.ts";
import { type Decades, decadesOf } from "./log-axis.ts";
import { difference, finite, power } from "./number-format.ts";
import { palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

export interface DifferenceCurvesOptions extends ChartOptions {
  /** Where agreement ends, drawn as a line. Default: none. */
  readonly bound?: number | undefined;
}

const contract = {
  name: "differenceCurves",
  positional: {},
  options: {
    ...chartOptions,
    bound: withoutDefault(anyNumber),
  } satisfies OptionTable<DifferenceCurvesOptions>,
};

type Row = { epoch: number; of: "gradient" | "weight"; value: number };

/**
 * Draws the largest difference of gradients and of weights in each epoch, on a log axis, with the
 * bound of agreement as a line. An exact 0 (the sides are equal bit for bit) has no logarithm, so
 * it is drawn at the foot of the axis, which is then labelled 0.
 */
export function differenceCurves(
  epochs: readonly EpochRecord[],
  options: DifferenceCurvesOptions = {},
): Picture {
  expectArgument("differenceCurves", "epochs", epochRecords, epochs);
  const { bound, width, ...words } = settleOptions("differenceCurves", contract, options);
  const measured: Row[] = epochs.flatMap(({ epoch, maxGradientDifference, maxWeightDifference }) => [
    { epoch, of: "gradient", value: maxGradientDifference },
    { epoch, of: "weight", value: maxWeightDifference },
  ]);
  const limit = finite(bound) && bound > 0 ? bound : undefined;
  const rows = measured.filter((row) => finite(row.value));
  const decades = decadesOf([...rows.map((row) => row.value), ...(limit ? [limit] : [])]);
  const bad = measured.find((row) => !finite(row.value));
  const broken = bad && { epoch: bad.epoch, text: `✗ ${bad.of} difference is ${difference(bad.value)}` };
  const equal = rows.length > 0 && !broken && rows.every((row) => row.value === 0);
  const foot = { datum: decades.foot };
  return chart(
    describe(measured, limit, broken?.text),
    {
      ...sizeOf(width),
      data: {
        values: rows.map((row) => ({
          ...row,
          shown: Math.min(Math.max(row.value, decades.foot), decades.top),
        })),
      },
      layer: [
        ...curves(epochs, decades, words),
        ...(limit
          ? [rule(limit), note(`bound of agreement ${power(limit)}`, { datum: limit }, palette.alarm)]
          : []),
        ...(equal ? [note("exactly 0: equal bit by bit", foot, palette.ink)] : []),
        ...alarmLayers(broken, width),
      ],
    },
    words,
  );
}

function curves(epochs: readonly EpochRecord[], decades: Decades, words: ChartOptions): readonly object[] {
  const x = { ...epochAxis(epochs), title: words.xLabel ?? "epoch" };
  const y = {
    field: "shown",
    type: "quantitative",
    title: words.yLabel ?? "largest difference",
    scale: { type: "log", domain: [decades.foot, decades.top], nice: false },
    axis: {
      values: decades.values,
      labelExpr: `${decades.zero} && datum.value <= ${decades.foot} ? '0' : format(datum.value, '.0e')`,
    },
  };
  const of = (range: readonly string[]): object => ({
    field: "of",
    type: "nominal",
    scale: { domain: ["gradient", "weight"], range },
    legend: { title: null, orient: "top", symbolSize: 90 },
  });
  const color = of([palette.gradient, palette.weight]);
  return [
    { mark: { type: "line", strokeWidth: 1.8 }, encoding: { x, y, color } },
    {
      mark: { type: "point", filled: true, size: 60, opacity: 1 },
      encoding: { x, y, color, shape: of(["circle", "square"]) },
    },
  ];
}

function rule(limit: number): object {
  return {
    mark: { type: "rule", color: palette.alarm, strokeWidth: 1.5 },
    encoding: { y: { datum: limit } },
  };
}

/** A line of text at the right end, at height y. */
function note(text: string, y: object, color: string): object {
  return {
    data: { values: [{ text }] },
    mark: { type: "text", align: "right", baseline: "bottom", dy: -7, fontSize: 12, color },
    encoding: { x: { value: "width" }, y, text: { field: "text" } },
  };
}

function describe(rows: readonly Row[], limit: number | undefined, alarm: string | undefined): string {
  if (rows.length === 0) return "Largest difference between chalk and tape: no epoch was trained.";
  // JSON has no NaN and writes null for it.
  const worst = (of: Row["of"]): string =>
    difference(Math.max(...rows.filter((row) => row.of === of).map((row) => row.value ?? Number.NaN)));
  return (
    `Largest difference between chalk and tape: gradients ${worst("gradient")}, weights ${worst("weight")}` +
    `${limit ? `, bound of agreement ${power(limit)}` : ""}.${alarm ? ` ${alarm}.` : ""}`
  );
}
