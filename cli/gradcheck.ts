import { type Command, Option } from "commander";
import { cases as table } from "../compare/index.ts";
import {
  checkCases,
  checkCasesSecondOrder,
  checkOps,
  opCases,
  pairsInWords,
  seeds,
} from "../compare/internal.ts";
import { type CheckReport, formatReport } from "../gradcheck/index.ts";
import { report } from "../gradcheck/internal.ts";
import { listNames } from "./list-names.ts";
import { numberIn } from "./options.ts";
import { type Progress, startProgress } from "./progress.ts";

interface Options {
  readonly seed: number;
  readonly full?: boolean;
  readonly directional?: boolean;
  readonly ops?: boolean;
  readonly secondOrder?: boolean;
  readonly list?: boolean;
  readonly table?: boolean;
  readonly json?: boolean;
}

/** `gradcheck [NAME…]`: chalk, tape and finite differences against each other. */
export function gradcheckCommand(command: Command): Command {
  return command
    .argument(
      "[names...]",
      "classes to check, such as Linear CrossEntropyLoss; default: all, including --second-order and --ops",
    )
    .option("--seed <n>", "seed of weights, inputs and upstream gradients", numberIn(seeds), 0)
    .option("--second-order", "check the tape's second derivatives")
    .option(
      "--ops",
      "check the first and second derivatives of the tape's ops; names are then ops, such as matmul",
    )
    .addOption(
      new Option(
        "--full",
        "perturb one parameter at a time and run the whole forward, even for large networks (minutes)",
      ).conflicts(["directional", "secondOrder", "ops"]),
    )
    .addOption(
      new Option(
        "--directional",
        "move all parameters along random directions: a few forward passes, however large the network",
      ).conflicts(["secondOrder", "ops"]),
    )
    .option("--list", "print the names of all classes and ops; check nothing")
    .option("--table", "print a table of every gradient; default if names are given")
    .option("--json", "print one JSON document")
    .action(run);
}

/** Runs one part of the check with a progress bar. */
type CheckRun = (names: readonly string[], options: Options, progress: Progress) => Promise<CheckReport>;

const cases: CheckRun = (names, { seed, full = false, directional = false }, progress) =>
  checkCases(names, {
    seed,
    full,
    directional,
    onCase: (row, _rows, done, total) => progress.show(done / total, `${row.name}: ${row.what}`),
  });
const secondOrder: CheckRun = (names, { seed }, progress) =>
  checkCasesSecondOrder(names, {
    seed,
    onCase: (title, _rows, done, total) => progress.show(done / total, title),
  });
const ops: CheckRun = (names, { seed }, progress) =>
  checkOps(names, { seed, onCase: (title, _rows, done, total) => progress.show(done / total, title) });

function runsOf(
  { ops: onlyOps, secondOrder: onlySecondOrder, full, directional }: Options,
  names: string[],
): CheckRun[] {
  if (onlyOps || onlySecondOrder)
    return [...(onlySecondOrder ? [secondOrder] : []), ...(onlyOps ? [ops] : [])];
  return names.length > 0 || full || directional ? [cases] : [cases, secondOrder, ops];
}

async function run(names: string[], options: Options): Promise<void> {
  if (options.list) return console.log(listNames(options.json ?? false));
  const progress = await startProgress();
  const rows: CheckReport["rows"][number][] = [];
  for (const checkRun of runsOf(options, names)) {
    for (const row of (await checkRun(names, options, progress)).rows) rows.push(row);
  }
  progress.end();
  const pairs = options.ops || options.secondOrder ? null : pairsInWords(table, names);
  const found = { ...report(rows, options.seed, repeatCommand(names, options)), notes: pairs ? [pairs] : [] };
  const format = {
    table: options.table ?? names.length > 0,
    brief: names.length > 0 ? [] : Object.keys(opCases),
  };
  console.log(options.json ? asJson(found) : formatReport(found, format));
  if (found.failed > 0) process.exitCode = 1;
}

/** The JSON document. Every row has the three witnesses that every case has, null for one without an answer. */
function asJson(found: CheckReport): string {
  const silent = { manual: null, autograd: null, numerical: null };
  const rows = found.rows.map((row) => ({ ...row, worst: { ...silent, ...row.worst } }));
  return JSON.stringify({ ...found, rows }, null, 2);
}

/** The command that reproduces this report. */
function repeatCommand(names: readonly string[], options: Options): string {
  const flags = (["secondOrder", "ops", "full", "directional"] as const).filter((flag) => options[flag]);
  const all = [
    ...names,
    ...flags.map((flag) => (flag === "secondOrder" ? "--second-order" : `--${flag}`)),
    `--seed ${options.seed}`,
  ];
  return `npx chalk-and-tape gradcheck ${all.join(" ")}`;
}
