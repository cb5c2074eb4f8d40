import { catalogue } from "../../datasets/index.ts";
import { engineNames } from "../../np/index.ts";
import { models } from "./models.ts";
import { jobOptimizers } from "./optimizers.ts";
import { accepted, always, byData, byRule, counts, positives, type Setting, seeds } from "./setting.ts";

/** A job with all defaults filled in: enough to repeat it. Ranges, defaults and help are in `jobSettings`. */
export interface JobSettings {
  readonly dataset: string;
  readonly model: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lr: number;
  readonly optimizer: string;
  readonly dtype: "float64" | "float32";
  /** Seeds the data, the weights and the order of the batches. */
  readonly seed: number;
  /** undefined: CHALK_ENGINE, or "auto" if that is not set. */
  readonly engine: string | undefined;
  /** undefined: no limit. */
  readonly limit: number | undefined;
  /** undefined: until the end of the last epoch. */
  readonly steps: number | undefined;
  /** The folder of the datasets' files; undefined: CHALK_DATA, or the user's cache directory if that is not set. */
  readonly root: string | undefined;
}

/** A setting as the user gives it: names in upper or lower case, undefined for the default. */
type Given<T> = T extends string ? string | undefined : T | undefined;

/** The options of `chalk-and-tape compare`; only the dataset has no default. */
export type JobOptions = Pick<JobSettings, "dataset"> & {
  readonly [K in keyof JobSettings as Exclude<K, "dataset">]?: Given<JobSettings[K]>;
};

/** The default number of epochs, for images and for `compare`. */
export const defaultEpochs = 3;
const defaultOptimizer = "adam";

const rates: string = Object.entries(jobOptimizers)
  .map(([name, { lr, lrInThePlane }]) => `${name} ${lr} (${lrInThePlane})`)
  .join(", ");

/** Every setting of a job: the command line, the job and the report's command read this table. */
export const jobSettings: { readonly [K in keyof JobSettings]: Setting<JobSettings[K]> } = {
  dataset: { values: Object.keys(catalogue), help: `one of ${Object.keys(catalogue).join(", ")}` },
  model: {
    values: Object.keys(models),
    help: `one of ${Object.keys(models).join(", ")}`,
    default: byRule("the lecture's network for this data", ({ model }) => model),
  },
  epochs: { values: counts, help: "passes over the training set", default: byData(defaultEpochs, 20) },
  batchSize: { values: counts, help: "items in a batch", default: byData(64, 32) },
  lr: {
    values: positives,
    help: "learning rate",
    default: byRule("depends on the optimizer, see --optimizer", (job) =>
      job.isPlane ? job.rates.lrInThePlane : job.rates.lr,
    ),
  },
  optimizer: {
    values: Object.keys(jobOptimizers),
    help: `optimizer, with its default learning rate for images (for points in the plane): ${rates}`,
    default: always(defaultOptimizer),
  },
  dtype: {
    values: ["float64", "float32"],
    help: "float64, compared to the last digits, or float32",
    default: always("float64"),
  },
  seed: { values: seeds, help: "seed of the data, the weights and the order of batches", default: always(0) },
  engine: {
    values: engineNames,
    help: `one of ${engineNames.join(", ")}; default: CHALK_ENGINE, or auto (the fastest on this machine)`,
  },
  limit: { values: counts, help: "use at most this many items of the dataset" },
  steps: { values: counts, help: "train on at most this many batches, and test on at most as many" },
  root: { values: "folder", help: "the data folder; default: CHALK_DATA, or the user's cache directory" },
};

/** The settings by name. */
export const jobSettingEntries: readonly (readonly [keyof JobSettings, Setting<unknown>])[] = Object.entries(
  jobSettings,
) as [keyof JobSettings, Setting<unknown>][];

/** The given options, with names in their canonical spelling. @throws RangeError for an invalid value */
export function expectJobOptions(options: JobOptions): JobOptions {
  const given = jobSettingEntries.flatMap(([name, setting]) =>
    options[name] === undefined ? [] : [[name, accepted(name, setting, options[name])]],
  );
  return Object.fromEntries(given) as JobOptions;
}

/** Accepted options with all defaults filled in, for this network and this kind of data. */
export function settle(
  options: JobOptions,
  job: { readonly model: string; readonly isPlane: boolean },
): JobSettings {
  const { optimizer = defaultOptimizer } = options;
  const chosen = jobOptimizers[optimizer];
  if (!chosen) throw new RangeError(`compare: unknown optimizer "${optimizer}"`);
  const values = jobSettingEntries.map(([name, setting]) => [
    name,
    options[name] ?? setting.default?.of({ ...job, rates: chosen }),
  ]);
  return Object.fromEntries(values) as JobSettings;
}
