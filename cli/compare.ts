import type { Command } from "commander";
import {
  type EpochRecord,
  type JobOptions,
  type JobOutcome,
  type JobSettings,
  runJob,
} from "../compare/index.ts";
import { jobOptimizers, models } from "../compare/internal.ts";
import { catalogue } from "../datasets/index.ts";
import { positive, seed, whole } from "./options.ts";
import { startProgress } from "./progress.ts";
import { writeReport } from "./report.ts";

interface Options extends Partial<JobOptions> {
  readonly data?: string;
  readonly report?: string | false;
  readonly json?: boolean;
}

/** What `npm start` runs: the lecture's two examples, with few enough digits for a minute. */
const lecture: readonly JobOptions[] = [{ dataset: "moons" }, { dataset: "digits", limit: 5000 }];

/** Every optimizer with its default learning rates. */
const optimizerHelp: string = `default adam. Default learning rates, in brackets those for points in the plane: ${Object.entries(
  jobOptimizers,
)
  .map(([name, { lr, lrInThePlane }]) => `${name} ${lr} (${lrInThePlane})`)
  .join(", ")}`;

/** `compare`: both sides of a network, trained step by step on the same data. */
export function compareCommand(command: Command): Command {
  return command
    .option(
      "--dataset <name>",
      `one of ${Object.keys(catalogue).join(", ")}; default: moons, then 5000 digits`,
    )
    .option(
      "--model <name>",
      `one of ${Object.keys(models).join(", ")}; default: the lecture's network for this data`,
    )
    .option("--epochs <n>", "default 3; for points in the plane 20", whole(1))
    .option("--batch-size <n>", "default 64; for points in the plane 32", whole(1))
    .option("--lr <x>", "learning rate; default: see --optimizer", positive)
    .option("--optimizer <name>", optimizerHelp)
    .option("--dtype <name>", "float64 (default, compared to the last digits) or float32")
    .option("--seed <n>", "seed of data, weights and order; default 0", seed)
    .option("--engine <name>", "js, wasm, blas, or auto (default), the fastest on this machine")
    .option("--limit <n>", "use at most n items", whole(1))
    .option("--steps <n>", "train on at most n batches, and test on at most n", whole(1))
    .option("--data <dir>", "the data folder; default: CHALK_DATA, else the user's cache directory")
    .option("--report <dir>", "folder of the HTML report; default: report/, with --json none")
    .option("--no-report", "do not write a report")
    .option("--json", "print one JSON document")
    .action(run);
}

async function run(options: Options): Promise<void> {
  if (options.model !== undefined && options.dataset === undefined) {
    throw new RangeError(
      `--model ${options.model} needs --dataset: without it, two datasets are learnt, each by a network of its own`,
    );
  }
  const given = { ...options, root: options.data };
  const jobs = options.dataset
    ? [{ ...given, dataset: options.dataset }]
    : lecture.map((job) => ({ ...job, ...defined(given) }));
  const say = options.json ? console.error : console.log;
  const outcomes: JobOutcome[] = [];
  for (const job of jobs) outcomes.push(await show(job as JobOptions, say));
  const results = outcomes.map((outcome) => outcome.result);
  if (options.json) console.log(JSON.stringify(options.dataset ? results[0] : results, null, 2));
  const directory = options.report ?? (options.json ? false : "report");
  if (directory !== false) say(`Report: ${await writeReport(directory, outcomes)}`);
  if (results.some((result) => !result.agree)) process.exitCode = 1;
}

/** Drops options that were not given, so that they do not hide a default. */
function defined(options: Partial<JobOptions>): Partial<JobOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Runs one job with a progress bar, a line per epoch, and the verdict. */
async function show(job: JobOptions, say: (line: string) => void): Promise<JobOutcome> {
  const progress = await startProgress();
  let epochs = 0;
  const outcome = await runJob(job, {
    onStart(settings) {
      epochs = settings.epochs;
      say(`${heading(settings)}\n${columns}`);
    },
    onStep({ epoch, step, steps, loss }) {
      progress.show(
        (epoch - 1 + step / steps) / epochs,
        `epoch ${epoch} of ${epochs}, loss ${loss.toFixed(4)}`,
      );
    },
    onEpoch(record) {
      progress.end();
      say(line(record));
    },
  });
  progress.end();
  say(`${outcome.result.agree ? "✓" : "✗"} ${outcome.verdict}\n`);
  return outcome;
}

function heading(s: JobSettings & { readonly parameters: number; readonly items: number }): string {
  const count = (n: number): string => n.toLocaleString("en");
  return `${s.model} (${count(s.parameters)} parameters) on ${count(s.items)} ${s.dataset}: ${s.optimizer}, lr ${s.lr}, batch ${s.batchSize}, ${s.dtype}, seed ${s.seed}`;
}

const widths = [5, 19, 19, 19, 11, 11, 14] as const;
const columns: string =
  row(["epoch", "train loss", "test loss", "test accuracy", "Δgradient", "Δweight", "seconds"]) +
  "\n" +
  row(["", ...Array(3).fill("chalk     tape"), "", "", "chalk  tape"]);

function row(cells: readonly string[]): string {
  return cells.map((cell, i) => cell.padStart(widths[i] as number)).join("  ");
}

function line({ epoch, manual, autograd, maxGradientDifference, maxWeightDifference }: EpochRecord): string {
  const both = (of: (side: typeof manual) => string): string =>
    `${of(manual).padStart(8)} ${of(autograd).padStart(8)}`;
  const tiny = (x: number): string => (x === 0 ? "0" : x.toExponential(1));
  return row([
    String(epoch),
    both((side) => side.trainLoss.toFixed(5)),
    both((side) => side.testLoss.toFixed(5)),
    both((side) => `${(100 * side.testAccuracy).toFixed(2)} %`),
    tiny(maxGradientDifference),
    tiny(maxWeightDifference),
    `${manual.seconds.toFixed(1)}  ${autograd.seconds.toFixed(1)}`,
  ]);
}
