import { availableParallelism } from "node:os";
import { resolve, sep } from "node:path";
import type { Command } from "commander";
import { onInterrupt } from "../exit.ts";
import { file, folder } from "../folder.ts";
import { numberIn } from "../options.ts";
import { startProgress } from "../progress.ts";
import { loadGrader } from "./grading-parts.ts";
import { addTableOptions, type TableFlags, tableLines } from "./table-options.ts";

interface Flags extends TableFlags {
  readonly out: string;
  readonly secret?: string;
  readonly jobs?: number;
  readonly seconds?: number;
  readonly shard?: string;
  readonly only?: string;
  readonly unsafe?: boolean;
}

const count = numberIn({
  expected: "a whole number in 1 … 256",
  fits: (n) => Number.isInteger(n) && n >= 1 && n <= 256,
});
const seconds = numberIn({
  expected: "a whole number in 1 … 3600",
  fits: (n) => Number.isInteger(n) && n >= 1 && n <= 3600,
});

/** `homework grade hw1 SUBMISSIONS… --out DIR`: grades a class behind walls, and writes its tables. */
export function gradeCommand(command: Command): Command {
  command
    .argument("<assignment>", "the assignment, such as hw1")
    .argument(
      "<submissions...>",
      "folders or zips: one per student, nbgrader's submitted/, Canvas, Moodle, Blackboard",
    )
    .requiredOption(
      "--out <dir>",
      "folder for the results; a second call goes on where the first one was",
      folder,
    )
    .option(
      "--secret <file>",
      "the course's secret; default: homework-secret beside the folder of results",
      file,
    )
    .option("--jobs <n>", "submissions at the same time; default: half of the processors", count)
    .option("--seconds <n>", "seconds that all answers of one submission may take; default: 60", seconds)
    .option("--shard <part/parts>", "grade one part of the class, such as 2/5, for `homework merge`")
    .option("--only <student>", "grade one student again, and print every question (for you alone)")
    .option("--unsafe", "grade without a wall if this machine has none; every page says so");
  return addTableOptions(command).action(run);
}

async function run(assignment: string, paths: readonly string[], flags: Flags): Promise<void> {
  const grader = await loadGrader();
  const graded = await grader.gradedAssignment(assignment);
  for (const path of paths)
    if (`${resolve(flags.out)}${sep}`.startsWith(`${resolve(path)}${sep}`))
      throw new RangeError(`--out ${flags.out} is among the submissions; choose a folder outside ${path}`);
  const tables = await grader.readAdditions(flags.out, graded, flags);
  const submissions = await grader.readSubmissions(paths, assignment, tables.roster);
  const shard = flags.shard === undefined ? undefined : grader.shardFrom(flags.shard);
  const secretFile = grader.secretFile(flags.out, flags.secret);
  const secret = grader.courseSecret(secretFile);
  const ground = await grader.makeGround(assignment, flags);
  const forget = onInterrupt(() => ground.remove());
  const progress = await startProgress();
  const began = performance.now();
  try {
    const warning = grader.warningAboutSecret(secretFile);
    if (warning !== null) console.log(`warning: ${warning}`);
    const students = submissions.length === 1 ? "1 student" : `${submissions.length} students`;
    console.log(`${students}; wall: ${grader.wallText(ground)}; secret: ${secretFile}`);
    const summary = await grader.gradeAll({
      graded,
      submissions,
      out: flags.out,
      secret,
      ground,
      jobs: flags.jobs ?? Math.max(1, Math.floor(availableParallelism() / 2)),
      seconds: flags.seconds,
      shard,
      only: flags.only,
      log: (line) => console.log(line),
      onProgress(done, total, student) {
        const left = ((performance.now() - began) / 1000 / done) * (total - done);
        progress.show(done / total, `${done} of ${total}, ${timeText(left)} left, ${student.slice(0, 30)}`);
      },
    });
    progress.end();
    await grader.writeRunSettings(flags.out, tables);
    const results = grader.readResults(flags.out);
    const anonymous = flags.anonymous ? secret : null;
    const isMine = ({ student }: { student: string }): boolean => !shard || grader.isIn(shard, student);
    const marks = await grader.writeTables(flags.out, results, graded, {
      ...tables,
      roster: tables.roster.filter(isMine),
      overrides: tables.overrides?.filter(isMine),
      rubric: tables.rubric?.filter(isMine),
      anonymous,
      selfTest: summary.selfTest,
    });
    console.log(`graded ${summary.graded}, kept ${summary.kept} of an earlier run`);
    for (const line of summary.look) console.log(`look: the grader could not judge ${line}; see --only`);
    for (const line of tableLines(marks, graded)) console.log(line);
    console.log(`wrote ${flags.out}/class.csv, grades.csv and the pages`);
  } finally {
    progress.end();
    forget();
    ground.remove();
  }
}

function timeText(seconds: number): string {
  return seconds < 100 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
