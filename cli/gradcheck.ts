import { type Command, Option } from "commander";
import { checkCases, checkCasesTwice, checkOps, opCases, seeds } from "../compare/internal.ts";
import { type CheckReport, formatReport } from "../gradcheck/index.ts";
import { report } from "../gradcheck/internal.ts";
import { numberIn } from "./options.ts";
import { startProgress } from "./progress.ts";

interface Options {
  readonly seed: number;
  readonly full?: boolean;
  readonly directional?: boolean;
  readonly ops?: boolean;
  readonly twice?: boolean;
  readonly table?: boolean;
  readonly json?: boolean;
}

/** `gradcheck [NAME…]`: chalk, tape and finite differences against each other. */
export function gradcheckCommand(command: Command): Command {
  return command
    .argument(
      "[names...]",
      "rows to check, such as Linear CrossEntropyLoss; default: all, and --twice and --ops",
    )
    .option("--seed <n>", "of weights, inputs and upstream gradients", numberIn(seeds), 0)
    .option("--twice", "the second derivatives of the tape's side")
    .option(
      "--ops",
      "the tape's derivative sheet, first and second derivatives; names are ops, such as matmul",
    )
    .addOption(
      new Option(
        "--full",
        "one perturbation and one whole forward at a time, also for large networks (minutes)",
      ).conflicts(["directional", "twice", "ops"]),
    )
    .addOption(
      new Option(
        "--directional",
        "along random directions only: a few forward passes, however large the network",
      ).conflicts(["twice", "ops"]),
    )
    .option("--table", "a table of every gradient; default where names are given")
    .option("--json", "one JSON document on stdout")
    .action(run);
}

type Progress = Awaited<ReturnType<typeof startProgress>>;

/** One part of the check: what it is called while it runs, and how it runs. */
type Part = (names: readonly string[], options: Options, progress: Progress) => Promise<CheckReport>;

const cases: Part = (names, { seed, full = false, directional = false }, progress) =>
  checkCases(names, {
    seed,
    full,
    directional,
    onCase: (row, _rows, done, total) => progress.show(done / total, `${row.name}: ${row.what}`),
  });
const twice: Part = (names, { seed }, progress) =>
  checkCasesTwice(names, {
    seed,
    onCase: (title, _rows, done, total) => progress.show(done / total, title),
  });
const ops: Part = (names, { seed }, progress) =>
  checkOps(names, { seed, onCase: (title, _rows, done, total) => progress.show(done / total, title) });

function partsOf({ ops: onlyOps, twice: onlyTwice, full, directional }: Options, names: string[]): Part[] {
  if (onlyOps || onlyTwice) return [...(onlyTwice ? [twice] : []), ...(onlyOps ? [ops] : [])];
  return names.length > 0 || full || directional ? [cases] : [cases, twice, ops];
}

async function run(names: string[], options: Options): Promise<void> {
  const progress = await startProgress();
  const rows: CheckReport["rows"][number][] = [];
  for (const part of partsOf(options, names)) {
    for (const row of (await part(names, options, progress)).rows) rows.push(row);
  }
  progress.end();
  const found = report(rows, options.seed, line(names, options));
  const format = {
    table: options.table ?? names.length > 0,
    brief: names.length > 0 ? [] : Object.keys(opCases),
  };
  console.log(options.json ? asJson(found) : formatReport(found, format));
  if (found.failed > 0) process.exitCode = 1;
}

/** One document in which every row has the three witnesses that every case has, null where they are silent. */
function asJson(found: CheckReport): string {
  const silent = { manual: null, autograd: null, numerical: null };
  const rows = found.rows.map((row) => ({ ...row, worst: { ...silent, ...row.worst } }));
  return JSON.stringify({ ...found, rows }, null, 2);
}

/** The command that gives this report again. */
function line(names: readonly string[], options: Options): string {
  const flags = (["twice", "ops", "full", "directional"] as const).filter((flag) => options[flag]);
  const all = [...names, ...flags.map((flag) => `--${flag}`), `--seed ${options.seed}`];
  return `npx chalk-and-tape gradcheck ${all.join(" ")}`;
}
