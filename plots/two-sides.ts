import { alarmLayers, chart } from "./chart.ts";
import { byPart, type CurveWords, measures, valueAxis } from "./curve-parts.ts";
import { type EpochRecord, epochAxis } from "./epochs.ts";
import { sizeOf } from "./labels.ts";
import { finite } from "./number-format.ts";
import { palette, sides } from "./palette.ts";
import type { Picture } from "./picture.ts";

type Side = "manual" | "autograd";
type Split = "train" | "test";
type Row = { epoch: number; part: Split; side: string; value: number };

const fields = {
  loss: { train: "trainLoss", test: "testLoss" },
  accuracy: { train: "trainAccuracy", test: "testAccuracy" },
} as const;

/**
 * Draws loss or accuracy over the epochs: chalk as a thick pale line, the tape thin and dashed on
 * top, so that the dashes run inside the chalk where they agree. A value that is not finite breaks
 * its line and is labelled.
 */
export function twoSides(epochs: readonly EpochRecord[], { measure, width, ...words }: CurveWords): Picture {
  const { say } = measures[measure];
  const rows = rowsOf(epochs, measure);
  const bad = rows.filter((row) => !finite(row.value)).sort((a, b) => a.epoch - b.epoch)[0];
  const broken = bad && {
    epoch: bad.epoch,
    text: `✗ ${bad.side}: ${bad.part} ${measure} is ${say(bad.value)}`,
  };
  const x = { ...epochAxis(epochs), title: words.xLabel ?? "epoch" };
  const y = valueAxis(measure, words.yLabel, rows);
  const { color, shape } = byPart(["train", "test"]);
  const bySide = (chalk: unknown, tape: unknown): object => ({
    field: "side",
    type: "ordinal",
    scale: { domain: [sides.manual, sides.autograd], range: [chalk, tape] },
    legend: {
      title: null,
      orient: "top",
      symbolType: "stroke",
      symbolSize: 600,
      symbolStrokeColor: palette.ink,
    },
  });
  const onTape = (tape: number, chalk: number): object => ({
    condition: { test: `datum.side === '${sides.autograd}'`, value: tape },
    value: chalk,
  });
  const strokes = {
    strokeWidth: bySide(8, 1.8),
    opacity: bySide(0.35, 1),
    strokeDash: bySide([1, 0], [6, 3]),
  };
  return chart(
    describe(epochs, measure, broken?.text),
    {
      ...sizeOf(width),
      data: { values: rows.map((row) => ({ ...row, value: finite(row.value) ? row.value : null })) },
      layer: [
        { mark: { type: "line", strokeCap: "butt" }, encoding: { x, y, color, ...strokes } },
        {
          mark: { type: "point", filled: true },
          encoding: { x, y, color, shape, size: onTape(22, 170), opacity: onTape(1, 0.35) },
        },
        ...alarmLayers(broken, width),
      ],
    },
    words,
  );
}

/**
 * One row per side, split and epoch, without missing accuracies; chalk first, because later rows
 * are drawn on top.
 */
function rowsOf(epochs: readonly EpochRecord[], measure: "loss" | "accuracy"): Row[] {
  const pairs = (["manual", "autograd"] as const).flatMap((side) =>
    (["train", "test"] as const).map((part) => ({ side, part })),
  );
  return pairs.flatMap(({ side, part }) =>
    epochs.flatMap((record) => {
      const value = record[side][fields[measure][part]];
      if (value === null && measure === "accuracy") return [];
      return [{ epoch: record.epoch, part, side: sides[side], value: value ?? Number.NaN }];
    }),
  );
}

function describe(
  epochs: readonly EpochRecord[],
  measure: "loss" | "accuracy",
  alarm: string | undefined,
): string {
  const { title, say } = measures[measure];
  const last = epochs.at(-1);
  if (!last) return `${title}: no epoch was trained.`;
  const at = (side: Side, split: Split): string => {
    const value = last[side][fields[measure][split]];
    return value === null ? "none" : say(value);
  };
  return (
    `${title} of chalk and tape up to epoch ${last.epoch}, where train is ${at("manual", "train")} and ` +
    `${at("autograd", "train")}, test ${at("manual", "test")} and ${at("autograd", "test")}.` +
    `${alarm ? ` ${alarm}.` : ""}`
  );
}
