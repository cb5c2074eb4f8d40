import { relative } from "node:path";
import type { Command } from "commander";
import { existingFile, folder } from "../folder.ts";
import { packageFolder } from "../package-folder.ts";
import { loadGrader } from "./grading-parts.ts";

interface Options {
  readonly out?: string;
  readonly roster?: string;
  readonly nbgrader?: string;
}

/** `homework release hw1`: the students' edition of an assignment. */
export function releaseCommand(command: Command): Command {
  return command
    .argument("<assignment>", "the assignment, such as hw1")
    .option("--out <dir>", "write it here, and not into homework/<assignment>/edition", folder)
    .option(
      "--roster <csv>",
      "a CSV file of students: one folder for each of them in --out, with files of its own",
      existingFile,
    )
    .option("--nbgrader <dir>", "also write the tree of an nbgrader course, with its config", folder)
    .action(run);
}

async function run(id: string, { out, roster, nbgrader }: Options): Promise<void> {
  if (roster !== undefined && out === undefined)
    throw new RangeError("--roster needs --out, the folder for the students' folders");
  const { readStudents, release } = await loadGrader();
  const students = roster === undefined ? undefined : readStudents(roster);
  const paths = await release(id, { repository: packageFolder, out, students, nbgrader });
  const shown = paths.slice(0, 12).map((path) => `  ${relative(process.cwd(), path) || path}`);
  const more = paths.length > shown.length ? [`  … and ${paths.length - shown.length} more`] : [];
  console.log([`Wrote ${paths.length} files:`, ...shown, ...more].join("\n"));
}
