import {
  describe,
  expectArgument,
  type OptionTable,
  oneOf,
  optional,
  settleOptions,
} from "../np/internal.ts";
import { epochMeasures, epochRecords } from "./arguments.ts";
import type { Measure } from "./curve-parts.ts";
import type { EpochRecord } from "./epochs.ts";
import { type ChartOptions, chartOptions } from "./labels.ts";
import { type EpochMeasures, oneSide } from "./one-side.ts";
import type { Picture } from "./picture.ts";
import { twoSides } from "./two-sides.ts";

/** What `train` returns for one side, or `compare` for both. */
export type TrainingHistory =
  | { readonly epochs: readonly EpochMeasures[]; readonly keptEpoch?: number }
  | { readonly epochs: readonly EpochRecord[] }
  | readonly EpochMeasures[]
  | readonly EpochRecord[];

export interface TrainingCurvesOptions extends ChartOptions {
  /** What is drawn over the epochs. Default "loss". */
  readonly measure?: Measure | undefined;
}

const contract = {
  name: "trainingCurves",
  positional: {},
  options: {
    ...chartOptions,
    measure: optional(oneOf("loss", "accuracy"), "loss"),
  } satisfies OptionTable<TrainingCurvesOptions>,
};

/**
 * Draws loss or accuracy over the epochs. Of `train`'s history: what it was trained on, and the
 * validation. Of `compare`'s epochs: chalk as a thick pale line, the tape thin and dashed on top, so
 * that the dashes run inside the chalk where they agree. A value that is not finite breaks its line
 * and is labelled.
 * @throws RangeError for the accuracy of a history without one
 * @example trainingCurves([]).description // "Mean loss per sample: no epoch was trained."
 */
export function trainingCurves(history: TrainingHistory, options: TrainingCurvesOptions = {}): Picture {
  const epochs = epochsOf(history);
  const settled = settleOptions("trainingCurves", contract, options);
  const [first] = epochs;
  if (typeof first === "object" && first !== null && "manual" in first) {
    expectArgument("trainingCurves", "epochs", epochRecords, epochs);
    return twoSides(epochs, settled);
  }
  expectArgument("trainingCurves", "epochs", epochMeasures, epochs);
  const kept =
    "keptEpoch" in history && typeof history.keptEpoch === "number" ? history.keptEpoch : undefined;
  return oneSide(epochs, kept, settled);
}

function epochsOf(history: unknown): readonly unknown[] {
  if (Array.isArray(history)) return history;
  const found =
    typeof history === "object" && history !== null && "epochs" in history ? history.epochs : null;
  if (Array.isArray(found)) return found;
  throw new TypeError(
    `trainingCurves: history is ${describe(history)}, expected what train returned, or the epochs of compare`,
  );
}
