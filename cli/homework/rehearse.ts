import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { onInterrupt } from "../exit.ts";
import { file } from "../folder.ts";
import { numberIn } from "../options.ts";
import { startProgress } from "../progress.ts";
import { loadGrader } from "./grading-parts.ts";

interface Flags {
  readonly jobs?: number;
  readonly class?: number;
  readonly out?: string;
  readonly unsafe?: boolean;
}

const whole = (most: number): ((text: string) => number) =>
  numberIn({
    expected: `a whole number in 1 … ${most}`,
    fits: (n) => Number.isInteger(n) && n >= 1 && n <= most,
  });

/** `homework rehearse hw2`: everything whose points are known, graded on this machine. */
export function rehearseCommand(command: Command): Command {
  return command
    .argument("<assignment>", "the assignment, such as hw1")
    .option("--jobs <n>", "submissions at the same time; default: half of the processors", whole(256))
    .option("--class <n>", "measure a made-up class of this many students instead", whole(10_000))
    .option("--out <file>", "write the figures as JSON", file)
    .option("--unsafe", "without a wall if this machine has none")
    .action(run);
}

async function run(assignment: string, flags: Flags): Promise<void> {
  const grader = await loadGrader();
  const graded = await grader.gradedAssignment(assignment);
  const cases = grader.rehearsalCases(graded);
  const jobs = flags.jobs ?? Math.max(1, Math.floor(availableParallelism() / 2));
  const report = flags.class === undefined ? await all() : await measured(flags.class);
  if (flags.out !== undefined) writeFileSync(flags.out, `${JSON.stringify(report, null, 2)}\n`);

  async function all(): Promise<object> {
    const ground = await grader.makeGround(assignment, flags);
    const forget = onInterrupt(() => ground.remove());
    const progress = await startProgress();
    let done = 0;
    try {
      console.log(`${cases.length} texts with known points; wall: ${grader.wallText(ground)}`);
      const { rows, selfTest } = await grader.rehearse(graded, cases, ground, {
        jobs,
        onRow: ({ name }) => progress.show(++done / cases.length, name),
      });
      progress.end();
      for (const { kind, name, declared, awarded, holds, seconds, failed } of rows)
        console.log(
          `${holds ? "ok   " : "WRONG"} ${kind.padEnd(9)} ${`${awarded} of ${declared}`.padStart(12)} ` +
            `${seconds.toFixed(1).padStart(5)} s  ${name}${holds ? "" : `  [failed: ${failed}]`}`,
        );
      const wrong = rows.filter(({ holds }) => !holds).length;
      console.log(wrong === 0 ? "all points are as declared" : `${wrong} of ${rows.length} differ`);
      if (wrong > 0) process.exitCode = 1;
      return { assignment, wall: grader.wallText(ground), selfTest, rows };
    } finally {
      progress.end();
      forget();
      ground.remove();
    }
  }

  async function measured(count: number): Promise<object> {
    const say = (line: string): void => console.log(line);
    const figures = await grader.measureClass(cases, { assignment, count, jobs, unsafe: flags.unsafe, say });
    console.log(JSON.stringify(figures, null, 2));
    const { killed, shards } = figures;
    const isWrong = killed.gradedTwice + killed.lost > 0 || !killed.sameTables || !shards.sameTables;
    if (isWrong) process.exitCode = 1;
    return figures;
  }
}
