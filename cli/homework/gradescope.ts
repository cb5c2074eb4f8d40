import type { Command } from "commander";
import { folder } from "../folder.ts";
import { loadGrader } from "./grading-parts.ts";

interface Options {
  readonly out: string;
  readonly secret?: string;
  readonly data?: string;
}

/** `homework gradescope hw1 --out FILE.zip`: the bundle for Gradescope. */
export function gradescopeCommand(command: Command): Command {
  return command
    .argument("<assignment>", "hw1, hw2, hw3 or hw4")
    .requiredOption("--out <file>", "the zip to write")
    .option("--secret <file>", "the course's secret; default: homework-secret beside the zip")
    .option("--data <dir>", "a folder of data sets that the checks read", folder)
    .action(run);
}

async function run(id: string, { out, secret, data }: Options): Promise<void> {
  const { secretFile, writeBundle } = await loadGrader();
  const bytes = await writeBundle(id, { out, secret: secretFile(out, secret), data });
  console.log(
    `Wrote ${out} (${Math.round(bytes / 1e6)} MB). It holds the checks and the secret: keep it from students.`,
  );
}
