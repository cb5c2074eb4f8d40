import type { Command } from "commander";
import { file, folder } from "../folder.ts";
import { loadGrader } from "./grading-parts.ts";
import { addTableOptions, type TableFlags, tableLines } from "./table-options.ts";

interface Flags extends TableFlags {
  readonly out: string;
  readonly secret?: string;
}

/** `homework merge DIR… --out DIR`: one class table from several folders, with people's decisions. */
export function mergeCommand(command: Command): Command {
  command
    .argument("<folders...>", "the --out folders of `homework grade`")
    .requiredOption("--out <dir>", "folder for the merged results", folder)
    .option(
      "--secret <file>",
      "the course's secret, for --anonymous; default: homework-secret beside --out",
      file,
    );
  return addTableOptions(command).action(run);
}

async function run(folders: readonly string[], flags: Flags): Promise<void> {
  const grader = await loadGrader();
  const merged = grader.readParts(folders);
  const graded = await grader.gradedAssignment(merged.run.assignment);
  await grader.writeMerged(flags.out, folders, merged);
  const tables = await grader.readAdditions(flags.out, graded, flags);
  await grader.writeRunSettings(flags.out, tables);
  const anonymous = flags.anonymous ? grader.courseSecret(grader.secretFile(flags.out, flags.secret)) : null;
  const marks = await grader.writeTables(flags.out, merged.results, graded, {
    ...tables,
    anonymous,
    selfTest: merged.selfTest,
  });
  for (const line of tableLines(marks, graded)) console.log(line);
  console.log(
    `merged ${merged.results.length} results; wrote ${flags.out}/class.csv, grades.csv and the pages`,
  );
}
