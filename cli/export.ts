import { basename, dirname, resolve } from "node:path";
import { type Command, Option } from "commander";
import { type JobSettings, summary } from "../compare/index.ts";
import { jobSettingEntries, modelNamed, models } from "../compare/internal.ts";
import type { NetworkJob } from "../export/internal.ts";
import { unknownName } from "../np/internal.ts";
import { writeAtomically } from "../training/internal.ts";
import { embeddedFor } from "./export-data.ts";
import { existingFile, file, folder, makeFolder, tryToWrite } from "./folder.ts";
import { flagOf } from "./options.ts";
import { settingOption } from "./setting-option.ts";

interface Options extends Partial<Omit<JobSettings, "engine" | "steps" | "root">> {
  readonly to: string;
  readonly from?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** What one export wrote, as the JSON document of `export --json`. */
interface Written {
  readonly to: string;
  /** The folder, or the file. */
  readonly path: string;
  readonly files: readonly string[];
  readonly model: string;
  readonly parameters: number;
  readonly dtype: string;
  /** The commands that come next. */
  readonly next: readonly string[];
}

const writers: Readonly<Record<string, (path: string, options: Options) => Promise<Written>>> = {
  pytorch: toPyTorch,
  onnx: toOnnx,
};

/** How defaults differ from those of `compare`; null: not an option of `export`. */
const here: Partial<Record<keyof JobSettings, string | null>> = {
  dataset: "default: a generated set that fits the model",
  model: "may be left out with --dataset: then the lecture's network for this data",
  dtype: "default: that of --from, or float32",
  engine: null,
  steps: null,
};

/** Settings that only a training needs. */
const ofTraining = ["epochs", "batchSize", "lr", "optimizer", "limit"] as const;

/** `export PATH`: a network as a PyTorch project or an ONNX file. */
export function exportCommand(command: Command): Command {
  command
    .argument("<path>", "the folder to make, for pytorch, or the file, for onnx")
    .addOption(
      new Option("--to <name>", `what to write: ${Object.keys(writers).join(" or ")}`).makeOptionMandatory(),
    )
    .option(
      "--from <path>",
      "weights to start from: a file of saveState, or a checkpoint of train or compare",
      existingFile,
    );
  for (const [name, setting] of jobSettingEntries)
    if (here[name] !== null) command.addOption(settingOption(name, setting, here[name]));
  return command.option("--json", "print one JSON document").action(run);
}

async function run(path: string, options: Options): Promise<void> {
  const write = Object.hasOwn(writers, options.to) ? writers[options.to] : undefined;
  if (!write) throw unknownName("--to", options.to, Object.keys(writers));
  if (options.model === undefined && options.dataset === undefined)
    throw new RangeError(
      `export needs --model, the network: ${Object.keys(models).join(", ")}. For example: npx chalk-and-tape export --model Mlp --to ${options.to} ${options.to === "onnx" ? "mlp.onnx" : "mlp"}`,
    );
  const written = await write(path, options);
  if (options.json) return console.log(JSON.stringify(written, null, 2));
  const { model, parameters, dtype, files, next } = written;
  const size = `${parameters.toLocaleString("en")} parameters, ${dtype}`;
  console.log(`Wrote ${model} (${size}): ${written.path}`);
  if (files.length > 1) console.log(`  ${files.join("  ")}`);
  console.log(["Next:", ...next.map((line) => `  ${line}`)].join("\n"));
}

/** What `exportJob` takes. */
async function jobOf({ to, json, data, dataset, dtype, ...given }: Options): Promise<object> {
  const known = dtype ?? (given.from === undefined ? "float32" : undefined);
  return { ...given, root: data, dataset, dtype: known };
}

async function toPyTorch(path: string, options: Options): Promise<Written> {
  expectPath(path, folder);
  if (/.\.onnx$/.test(basename(path)))
    throw new RangeError(
      `export: "${path}" ends in .onnx, but pytorch is a folder; write --to onnx, or another name`,
    );
  expectWritable(path, path, "model.py");
  const { exportPyTorch } = await import("../export/index.ts");
  const { exportJob } = await import("../export/internal.ts");
  const dataset = options.dataset ?? (await embeddedFor(...modelNamed(options.model as string)));
  const job = await exportJob({ ...(await jobOf(options)), dataset }, "pytorch");
  const { name: _, settings: __, ...training } = job;
  const files = await exportPyTorch(path, training);
  const next = [
    "python -m pip install torch safetensors",
    `cd ${/\s/.test(path) ? `"${path}"` : path}`,
    "torchrun --standalone --nproc_per_node 2 train.py",
  ];
  return { to: "pytorch", path: resolve(path), files, ...sizeOf(job), next };
}

async function toOnnx(path: string, options: Options): Promise<Written> {
  expectPath(path, file);
  if (!/.\.onnx$/.test(basename(path)))
    throw new RangeError(`export: "${path}" does not end in .onnx; give the file that extension`);
  const idle = ofTraining.find((name) => options[name] !== undefined);
  if (idle) throw new RangeError(`${flagOf(idle)} is for --to pytorch: an ONNX file is not trained`);
  expectWritable(path, dirname(path), basename(path));
  const { toOnnx: encode } = await import("../export/index.ts");
  const { exportJob } = await import("../export/internal.ts");
  const job = await exportJob(await jobOf(options), "onnx");
  const bytes = encode(job.model, job.input);
  makeFolder(dirname(path));
  await writeAtomically(path, bytes);
  const next = [
    "python -m pip install onnxruntime",
    `python -c 'import onnxruntime; print(onnxruntime.InferenceSession("${path}").get_inputs()[0])'`,
  ];
  return { to: "onnx", path: resolve(path), files: [basename(path)], ...sizeOf(job), next };
}

/** Reads the positional path as an option's would be read. @throws RangeError that names it */
function expectPath(path: string, read: (path: string) => string): void {
  try {
    read(path);
  } catch (error) {
    throw new RangeError(`export: "${path}": ${(error as Error).message}`, { cause: error });
  }
}

/** @throws RangeError that says why nothing can be written at `path` */
function expectWritable(path: string, directory: string, name: string): void {
  try {
    tryToWrite(directory, name);
  } catch (error) {
    const why = (error as Error).message.replace(/\.trial-\d+/, "");
    throw new RangeError(`export: "${path}" cannot be written (${why}); choose a place that is yours`, {
      cause: error,
    });
  }
}

function sizeOf({ name, model, input }: NetworkJob): Pick<Written, "model" | "parameters" | "dtype"> {
  const { parameters } = summary(model, input);
  return { model: name, parameters, dtype: model.parameters()[0]?.value.dtype ?? "float32" };
}
