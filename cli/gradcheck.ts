import { Command } from "commander";
import { checkCases } from "../compare/index.ts";
import { formatReport } from "../gradcheck/index.ts";
import { seed } from "./options.ts";
import { startProgress } from "./progress.ts";

interface Options {
  readonly seed: number;
  readonly full?: boolean;
  readonly directional?: boolean;
  readonly table?: boolean;
  readonly json?: boolean;
}

/** `gradcheck [NAME…]`: chalk, tape and finite differences against each other. */
export function gradcheckCommand(): Command {
  return new Command("gradcheck")
    .description("check every gradient: by hand, by tape, and by finite differences in float64")
    .argument("[names...]", "rows to check, such as Linear CrossEntropyLoss; default: all")
    .option("--seed <n>", "of weights, inputs and upstream gradients", seed, 0)
    .option("--full", "one perturbation and one whole forward at a time, also for large networks (minutes)")
    .option("--directional", "along random directions only: a few forward passes, however large the network")
    .option("--table", "a table of every gradient; default where names are given")
    .option("--json", "one JSON document on stdout")
    .action(run);
}

async function run(names: string[], options: Options): Promise<void> {
  const progress = await startProgress();
  const report = await checkCases(names, {
    seed: options.seed,
    full: options.full ?? false,
    directional: options.directional ?? false,
    onCase: (row, _result, done, total) => progress.show(done / total, `${row.name}: ${row.what}`),
  });
  progress.end();
  const shown = (): string => formatReport(report, { table: options.table ?? names.length > 0 });
  console.log(options.json ? JSON.stringify(report, null, 2) : shown());
  if (report.failed > 0) process.exitCode = 1;
}
