import { catalogue } from "../../datasets/index.ts";
import { engineNames } from "../../np/index.ts";
import { models } from "./models.ts";
import { jobOptimizers } from "./optimizers.ts";
import { accepted, always, byData, byRule, counts, positives, type Setting, seeds } from "./setting.ts";

/** What a job was, with all defaults filled in: enough to repeat it. Ranges, defaults and help are in `jobSettings`. */
export interface JobSettings {
  readonly dataset: string;
  readonly model: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lr: number;
  readonly optimizer: string;
  readonly dtype: "float64" | "float32";
  /** Of data, weights and order. */
  readonly seed: number;
  /** undefined: as CHALK_ENGINE says, else "auto". */
  readonly engine: string | undefined;
  /** undefined: no limit. */
  readonly limit: number | undefined;
  /** undefined: until the last epoch's end. */
  readonly steps: number | undefined;
  /** The folder of datasets that are files; undefined: CHALK_DATA, else the user's cache directory. */
  readonly root: string | undefined;
}

/** A setting as given: names in any case, undefined for the default. */
type Given<T> = T extends string ? string | undefined : T | undefined;

/** What `chalk-and-tape compare` takes on the command line; only the dataset has no default. */
export type JobOptions = Pick<JobSettings, "dataset"> & {
  readonly [K in keyof JobSettings as Exclude<K, "dataset">]?: Given<JobSettings[K]>;
};

/** Passes over images, and those of `compare` where it is not said. */
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
    default: byRule("what suits the optimizer", (job) =>
      job.isPlane ? job.rates.lrInThePlane : job.rates.lr,
    ),
  },
  optimizer: {
    values: Object.keys(jobOptimizers),
    help: `with its learning rate, and in brackets that in the plane: ${rates}`,
    default: always(defaultOptimizer),
  },
  dtype: {
    values: ["float64", "float32"],
    help: "float64, judged to the last digits, or float32",
    default: always("float64"),
  },
  seed: { values: seeds, help: "of data, weights and order", default: always(0) },
  engine: {
    values: engineNames,
    help: `one of ${engineNames.join(", ")}; default: CHALK_ENGINE, else auto, the fastest here`,
  },
  limit: { values: counts, help: "use at most this many items" },
  steps: { values: counts, help: "stop after this many batches, and test with no more" },
  root: { values: "folder", help: "the data folder; default: CHALK_DATA, else the user's cache directory" },
};

/** The settings by name. */
export const jobSettingEntries: readonly (readonly [keyof JobSettings, Setting<unknown>])[] = Object.entries(
  jobSettings,
) as [keyof JobSettings, Setting<unknown>][];

/** The options that were given, names in their own spelling. @throws RangeError for a value that a setting cannot have */
export function expectJobOptions(options: JobOptions): JobOptions {
  const given = jobSettingEntries.flatMap(([name, setting]) =>
    options[name] === undefined ? [] : [[name, accepted(name, setting, options[name])]],
  );
  return Object.fromEntries(given) as JobOptions;
}

/** Accepted options with all defaults filled in, for the network and the kind of data that were found. */
export function settle(
  options: JobOptions,
  job: { readonly model: string; readonly isPlane: boolean },
): JobSettings {
  const { optimizer = defaultOptimizer } = options;
  const chosen = jobOptimizers[optimizer];
  if (!chosen) throw new RangeError(`compare: no optimizer is called "${optimizer}"`);
  const values = jobSettingEntries.map(([name, setting]) => [
    name,
    options[name] ?? setting.default?.of({ ...job, rates: chosen }),
  ]);
  return Object.fromEntries(values) as JobSettings;
}
