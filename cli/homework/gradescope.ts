import type { Command } from "commander";
import { file, folder } from "../folder.ts";
import { numberIn } from "../options.ts";
import { loadGrader } from "./grading-parts.ts";

interface Options {
  readonly out: string;
  readonly secret?: string;
  readonly data?: string;
  readonly seconds?: number;
}

const seconds = numberIn({
  expected: "a whole number in 1 … 400",
  fits: (n) => Number.isInteger(n) && n >= 1 && n <= 400,
});

/** `homework gradescope hw1 --out FILE.zip`: the bundle for Gradescope. */
export function gradescopeCommand(command: Command): Command {
  return command
    .argument("<assignment>", "the assignment, such as hw1")
    .requiredOption("--out <file>", "the zip to write", file)
    .option("--secret <file>", "the course's secret; default: homework-secret beside the zip", file)
    .option("--seconds <n>", "seconds that all answers of one submission may take; default: 240", seconds)
    .option("--data <dir>", "a folder of data sets that the checks read", folder)
    .action(run);
}

async function run(id: string, { out, secret, data, seconds }: Options): Promise<void> {
  const { secretFile, writeBundle } = await loadGrader();
  const bytes = await writeBundle(id, { out, secret: secretFile(out, secret), data, seconds });
  console.log(
    `Wrote ${out} (${Math.round(bytes / 1e6)} MB). It holds the checks and the secret: keep it from students.`,
  );
}
