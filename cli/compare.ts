import type { Command } from "commander";
import {
  type EpochRecord,
  type JobOptions,
  type JobOutcome,
  type JobSettings,
  runJob,
} from "../compare/index.ts";
import { jobOptimizers, models } from "../compare/internal.ts";
import { positive, seed, whole } from "./options.ts";
import { startProgress } from "./progress.ts";
import { writeReport } from "./report.ts";

interface Options extends Partial<JobOptions> {
  readonly data?: string;
  readonly report?: string | false;
  readonly json?: boolean;
}

/** What `npm start` runs: the lecture's two examples, the digits small enough for a minute. */
const lecture: readonly JobOptions[] = [{ dataset: "moons" }, { dataset: "digits", limit: 5000 }];

/** Every optimizer with its learning rates. */
const optimizerHelp: string = `default adam. With their learning rates, and those in the plane: ${Object.entries(
  jobOptimizers,
)
  .map(([name, { lr, lrInThePlane }]) => `${name} ${lr} (${lrInThePlane})`)
  .join(", ")}`;

/** `compare`: both sides of a network, trained step by step on the same data. */
export function compareCommand(command: Command): Command {
  return command
    .option(
      "--dataset <name>",
      "moons, circles, spirals, xor, blobs, digits, mnist, fashion-mnist or cifar10; default: moons, then 5000 digits",
    )
    .option(
      "--model <name>",
      `one of ${Object.keys(models).join(", ")}; default: the lecture's network for this data`,
    )
    .option("--epochs <n>", "default 3; in the plane 20", whole(1))
    .option("--batch-size <n>", "default 64; in the plane 32", whole(1))
    .option("--lr <x>", "learning rate; default: what suits the optimizer", positive)
    .option("--optimizer <name>", optimizerHelp)
    .option("--dtype <name>", "float64 (default, judged to the last digits) or float32")
    .option("--seed <n>", "of data, weights and order; default 0", seed)
    .option("--engine <name>", "who computes: js, wasm, blas, or auto (default): the fastest here")
    .option("--limit <n>", "use at most so many items", whole(1))
    .option("--steps <n>", "stop after so many batches, and test with no more", whole(1))
    .option("--data <dir>", "the data folder; default: CHALK_DATA, else the user's cache directory")
    .option("--report <dir>", "where the HTML report goes; default: report/, with --json none")
    .option("--no-report", "write no report")
    .option("--json", "one JSON document on stdout")
    .action(run);
}

async function run(options: Options): Promise<void> {
  if (options.model !== undefined && options.dataset === undefined) {
    throw new RangeError(
      `--model ${options.model} needs --dataset: without it points and images are learnt, each by its own network`,
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
  if (directory !== false) say(`The report: ${await writeReport(directory, outcomes)}`);
  if (results.some((result) => !result.agree)) process.exitCode = 1;
}

/** Without what was not given, so that it does not hide a default. */
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
