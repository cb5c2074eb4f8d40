import { alarmLayers, chart } from "./chart.ts";
import { byPart, type CurveWords, type Measure, measures, valueAxis } from "./curve-parts.ts";
import { epochAxis } from "./epochs.ts";
import { sizeOf } from "./labels.ts";
import { finite } from "./number-format.ts";
import { palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

/** One epoch of `train`'s history, as far as it is drawn. */
export interface EpochMeasures {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number | null;
  /** Null without a validation loader. */
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
}

type Part = "train" | "validation";
type Row = { epoch: number; part: Part; value: number };

const fields = {
  loss: { train: "trainLoss", validation: "validationLoss" },
  accuracy: { train: "trainAccuracy", validation: "validationAccuracy" },
} as const;

/**
 * Draws loss or accuracy over the epochs of one training: train as a solid line with circles,
 * validation dashed with squares. A value that is not finite breaks its line and is labelled; the
 * epoch whose weights were kept is marked unless it is the last.
 * @throws RangeError for the accuracy of a training that has none
 */
export function oneSide(
  epochs: readonly EpochMeasures[],
  keptEpoch: number | undefined,
  { measure, width, ...words }: CurveWords,
): Picture {
  const rows = rowsOf(epochs, measure);
  if (measure === "accuracy" && epochs.length > 0 && rows.length === 0) {
    throw new RangeError(
      'trainingCurves: the history has no accuracy, because its targets are not classes; draw { measure: "loss" }',
    );
  }
  const { say } = measures[measure];
  const bad = rows.find((row) => !finite(row.value));
  const broken = bad && { epoch: bad.epoch, text: `✗ ${bad.part} ${measure} is ${say(bad.value)}` };
  const x = { ...epochAxis(epochs), title: words.xLabel ?? "epoch" };
  const y = valueAxis(measure, words.yLabel, rows);
  const parts = (["train", "validation"] as const).filter((part) => rows.some((row) => row.part === part));
  const { color, shape } = byPart(parts);
  const strokeDash = {
    field: "part",
    type: "nominal",
    scale: { domain: parts, range: [[1, 0], [6, 3]] }, // biome-ignore format: two dashes
  };
  const isKept = keptEpoch !== undefined && keptEpoch !== epochs.at(-1)?.epoch && epochs.length > 1;
  return chart(
    `${describe(epochs, measure)}${isKept ? ` The weights of epoch ${keptEpoch} were kept.` : ""}${broken ? ` ${broken.text}.` : ""}`,
    {
      ...sizeOf(width),
      data: { values: rows.map((row) => ({ ...row, value: finite(row.value) ? row.value : null })) },
      layer: [
        ...(isKept ? keptLayers(keptEpoch) : []),
        { mark: { type: "line", strokeWidth: 1.8 }, encoding: { x, y, color, strokeDash } },
        {
          mark: { type: "point", filled: true, size: epochs.length > 40 ? 12 : 34, opacity: 1 },
          encoding: { x, y, color, shape },
        },
        ...alarmLayers(broken, width),
      ],
    },
    words,
  );
}

/** One row per part and epoch, without what was not measured. */
function rowsOf(epochs: readonly EpochMeasures[], measure: Measure): Row[] {
  return (["train", "validation"] as const).flatMap((part) =>
    epochs.flatMap((record) => {
      const value = record[fields[measure][part]];
      return value === null ? [] : [{ epoch: record.epoch, part, value }];
    }),
  );
}

function keptLayers(epoch: number): readonly object[] {
  const data = { values: [{ epoch, text: "kept" }] };
  const x = { field: "epoch", type: "quantitative" };
  return [
    { data, mark: { type: "rule", color: palette.muted, strokeDash: [2, 2] }, encoding: { x } },
    {
      data,
      mark: { type: "text", align: "right", dx: -4, baseline: "top", fontSize: 12, color: palette.muted },
      encoding: { x, y: { value: 2 }, text: { field: "text" } },
    },
  ];
}

function describe(epochs: readonly EpochMeasures[], measure: Measure): string {
  const { title, say } = measures[measure];
  const last = epochs.at(-1);
  if (!last) return capital(`${title}: no epoch was trained.`);
  const of = (part: Part): string[] => {
    const value = last[fields[measure][part]];
    return value === null ? [] : [`${part} ${say(value)}`];
  };
  const ends = [...of("train"), ...of("validation")].join(", ");
  return capital(`${title} up to epoch ${last.epoch}: ${ends}.`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
