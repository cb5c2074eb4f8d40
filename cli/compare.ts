import type { Command } from "commander";
import {
  type EpochRecord,
  type JobOptions,
  type JobOutcome,
  type JobSettings,
  runJob,
  type SideEpoch,
} from "../compare/index.ts";
import { counts, jobSettingEntries, modelNamed } from "../compare/internal.ts";
import type { Checkpoint } from "../training/index.ts";
import { type CheckpointFlags, checkpointOf } from "./checkpoint.ts";
import { folder, safetensorsFile } from "./folder.ts";
import type { Group } from "./group.ts";
import { group } from "./launched.ts";
import { numberIn } from "./options.ts";
import { startProgress } from "./progress.ts";
import { tryReportFolder, writeReport } from "./report.ts";
import { settingOption } from "./setting-option.ts";

interface Options extends Partial<JobOptions>, CheckpointFlags {
  readonly data?: string;
  readonly report?: string | false;
  readonly json?: boolean;
}

/** One dataset for each number of features, for messages. */
const samples: Readonly<Record<number, string>> = {
  2: "moons",
  [28 * 28]: "digits",
  [3 * 32 * 32]: "cifar10",
};

/** What `npm start` runs: the lecture's two examples, with few enough digits for a minute. */
const lecture: readonly JobOptions[] = [{ dataset: "moons" }, { dataset: "digits", limit: 5000 }];

/** The two jobs of the lecture, for the help text. */
const lectureHelp: string = lecture
  .map(({ dataset, limit }) => (limit === undefined ? dataset : `${limit} ${dataset}`))
  .join(", then ");

/** `compare`: both sides of a network, trained step by step on the same data. */
export function compareCommand(command: Command): Command {
  for (const [name, setting] of jobSettingEntries)
    command.addOption(
      settingOption(name, setting, name === "dataset" ? `default: ${lectureHelp}` : undefined),
    );
  return command
    .option(
      "--checkpoint <file.safetensors>",
      "save the run to this file after every epoch; needs --dataset",
      safetensorsFile,
    )
    .option("--checkpoint-every <n>", "also save it every n batches", numberIn(counts))
    .option(
      "--resume",
      "go on from the checkpoint if it is there: the same command again, perhaps with more epochs",
    )
    .option("--report <dir>", "folder of the HTML report; default: report/, or none with --json", folder)
    .option("--no-report", "do not write a report")
    .option("--json", "print one JSON document")
    .action(run);
}

async function run(options: Options): Promise<void> {
  if (options.model !== undefined && options.dataset === undefined) {
    const [name, { made }] = modelNamed(options.model);
    const dataset = samples[made.shape.reduce((product, n) => product * n, 1)];
    throw new RangeError(
      `--model ${name} needs --dataset, the data to train it on: npx chalk-and-tape compare --model ${name} --dataset ${dataset}. \`npx chalk-and-tape data list\` prints all datasets`,
    );
  }
  const others = await group();
  const isFirst = others?.isFirst ?? true;
  const checkpoint = checkpointOf(options, options.dataset, isFirst);
  const given = { ...options, root: options.data };
  const jobs = options.dataset
    ? [{ ...given, dataset: options.dataset }]
    : lecture.map((job) => ({ ...job, ...defined(given) }));
  const directory = isFirst && (options.report ?? (options.json ? false : "report"));
  if (directory !== false) tryReportFolder(directory);
  const print = options.json ? console.error : console.log;
  const say = isFirst ? print : () => {};
  const outcomes: JobOutcome[] = [];
  for (const job of jobs) outcomes.push(await show(job as JobOptions, { say, checkpoint, others }));
  const results = outcomes.map((outcome) => outcome.result);
  if (options.json && isFirst) console.log(JSON.stringify(options.dataset ? results[0] : results, null, 2));
  if (directory !== false) say(`Report: ${await writeReport(directory, outcomes)}`);
  others?.finish();
  if (results.some((result) => !result.agree)) process.exitCode = 1;
}

/** Drops options that were not given, so that they do not hide a default. */
function defined(options: Partial<JobOptions>): Partial<JobOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

interface Showing {
  readonly say: (line: string) => void;
  readonly checkpoint: Checkpoint | undefined;
  /** The processes that share the work. */
  readonly others: Group | null;
}

/** Runs one job with a progress bar, a line per epoch, and the verdict. */
async function show(job: JobOptions, { say, checkpoint, others }: Showing): Promise<JobOutcome> {
  const progress = await startProgress(others?.isFirst ?? true);
  let epochs = 0;
  const outcome = await runJob(job, {
    checkpoint,
    ranks: others?.ranks,
    onStart(settings) {
      epochs = settings.epochs;
      say(`${heading(settings, others?.ranks.size ?? 1)}\n${columns}`);
    },
    onResume({ epochs: done, step }) {
      for (const record of done) say(epochLine(record));
      const place = step === 0 ? `epoch ${done.length}` : `step ${step} of epoch ${done.length + 1}`;
      say(`  (goes on from ${checkpoint?.path}, after ${place})`);
    },
    onStep({ epoch, step, steps, loss }) {
      progress.show(
        (epoch - 1 + step / steps) / epochs,
        `epoch ${epoch} of ${epochs}, loss ${loss.toFixed(4)}`,
      );
    },
    onEpoch(record) {
      progress.end();
      say(epochLine(record));
    },
  });
  progress.end();
  say(`${outcome.result.agree ? "✓" : "✗"} ${outcome.verdict}`);
  say(`${timesLine(outcome.result.epochs)}\n`);
  return outcome;
}

function heading(
  s: JobSettings & { readonly parameters: number; readonly items: number },
  ranks: number,
): string {
  const count = (n: number): string => n.toLocaleString("en");
  return `${s.model} (${count(s.parameters)} parameters) on ${count(s.items)} ${s.dataset}: ${s.optimizer}, lr ${s.lr}, batch ${s.batchSize}, ${s.dtype}, seed ${s.seed}${ranks > 1 ? `, ${ranks} ranks` : ""}`;
}

/** One sentence on the times: where the sides differ, and why. */
function timesLine(epochs: readonly EpochRecord[]): string {
  const total = (of: (record: EpochRecord) => number): string => {
    const seconds = epochs.reduce((sum, record) => sum + of(record), 0);
    return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  };
  const both = (of: (side: SideEpoch) => number): string =>
    `chalk ${total(({ manual }) => of(manual))}, tape ${total(({ autograd }) => of(autograd))}`;
  return (
    `  Time of forward and backward: ${both((side) => side.seconds - side.updateSeconds)}; of the updates: ` +
    `${both((side) => side.updateSeconds)}; by hand an update goes over the weights once for every operation, on tape once in all.`
  );
}

const widths = [5, 19, 19, 19, 11, 11, 14] as const;
const columns: string =
  tableRow(["epoch", "train loss", "test loss", "test accuracy", "Δgradient", "Δweight", "seconds"]) +
  "\n" +
  tableRow(["", ...Array(3).fill("chalk     tape"), "", "", "chalk  tape"]);

function tableRow(cells: readonly string[]): string {
  return cells.map((cell, i) => cell.padStart(widths[i] as number)).join("  ");
}

function epochLine({
  epoch,
  manual,
  autograd,
  maxGradientDifference,
  maxWeightDifference,
}: EpochRecord): string {
  const bothSides = (of: (side: typeof manual) => string): string =>
    `${of(manual).padStart(8)} ${of(autograd).padStart(8)}`;
  const tiny = (x: number): string => (x === 0 ? "0" : x.toExponential(1));
  return tableRow([
    String(epoch),
    bothSides((side) => side.trainLoss.toFixed(5)),
    bothSides((side) => side.testLoss.toFixed(5)),
    bothSides(({ testAccuracy }) => (testAccuracy === null ? "–" : `${(100 * testAccuracy).toFixed(2)} %`)),
    tiny(maxGradientDifference),
    tiny(maxWeightDifference),
    `${manual.seconds.toFixed(1)}  ${autograd.seconds.toFixed(1)}`,
  ]);
}
