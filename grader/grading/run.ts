import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { NotGradable } from "../../homework/internal.ts";
import { unknownName } from "../../np/internal.ts";
import { writeAtomically } from "../../training/internal.ts";
import type { GradedAssignment } from "../graded.ts";
import { keepRetrainedIn } from "../hw4/retrain.ts";
import { hintsHandedIn } from "../intake/hints-handed-in.ts";
import type { Handed } from "../intake/intake.ts";
import { freeze } from "./freeze.ts";
import { type About, gradeOne, graderCause, notGradable } from "./grade-one.ts";
import { type Ground, problemsOf, wallText } from "./ground.ts";
import { Journal } from "./journal.ts";
import { lockFolder } from "./lock.ts";
import { Parser } from "./parsing.ts";
import type { SubmissionResult, WallProbe } from "./result.ts";
import { ResultFiles } from "./result-files.ts";
import { expectSameSecret } from "./run-file.ts";
import { isIn, type Shard } from "./shard.ts";
import { graderVersion } from "./version.ts";

export interface GradeOptions {
  readonly graded: GradedAssignment;
  readonly submissions: readonly Handed[];
  /** The folder of the results. */
  readonly out: string;
  readonly secret: string;
  readonly ground: Ground;
  /** Submissions at the same time; 1 by default. */
  readonly jobs?: number;
  /** Seconds that the answers of one submission may take together; 60 by default. */
  readonly seconds?: number;
  readonly shard?: Shard;
  /** Grade this student alone, again, and log every question. */
  readonly only?: string;
  readonly log?: (line: string) => void;
  readonly onProgress?: (done: number, total: number, student: string) => void;
}

/** What a run did. */
export interface RunSummary {
  readonly graded: number;
  /** Results of an earlier run that still hold. */
  readonly kept: number;
  readonly notGradable: readonly SubmissionResult[];
  /** Checks that ended with a mistake of the grader: `student: check`. */
  readonly look: readonly string[];
  readonly selfTest: readonly WallProbe[];
}

/** A wall does not do what it says; nothing was graded. */
export class WallBroken extends RangeError {
  override readonly name: string = "WallBroken";
}

/**
 * Grades a class: tries the wall, then each submission that has no valid result yet. A killed run goes
 * on where it was.
 * @throws WallBroken if the self-test fails; RangeError while another run works in the folder, for an
 * unknown student, or for another secret than before; MachineError or DataError if this computer lacks
 * what grading needs
 */
export async function gradeAll(options: GradeOptions): Promise<RunSummary> {
  const { out, graded, ground, secret, only, shard, jobs = 1 } = options;
  const mine = options.submissions.filter(({ student }) =>
    only === undefined ? !shard || isIn(shard, student) : student === only,
  );
  const all = options.submissions.map(({ student }) => student);
  if (only !== undefined && mine.length === 0) throw unknownName("student", only, all);
  mkdirSync(out, { recursive: true });
  keepRetrainedIn(join(out, "retrained")); // only hw4 trains
  const unlock = lockFolder(out);
  const parser = new Parser();
  try {
    await expectSameSecret(out, graded.assignment.id, secret);
    const selfTest = await tried(ground, out);
    const run: Run = {
      ...options,
      parser,
      files: new ResultFiles(out),
      journal: new Journal(join(out, "journal.jsonl")),
      grader: graderVersion(),
    };
    run.journal.add("run", {
      note: `${mine.length} submissions of ${graded.assignment.id}, ${wallText(ground)}`,
    });
    const { default: pLimit } = await import("p-limit");
    let done = 0;
    const outcomes = await untilOneThrows(pLimit(jobs), mine, async (handed) => {
      const outcome = await gradeHanded(handed, run);
      options.onProgress?.(++done, mine.length, handed.student);
      return outcome;
    });
    run.journal.add("ended");
    const results = outcomes.map(({ result }) => result);
    const kept = outcomes.filter(({ isKept }) => isKept).length;
    return {
      graded: outcomes.length - kept,
      kept,
      notGradable: results.filter(({ state }) => state === "not gradable"),
      look: results.flatMap(({ student, checks }) =>
        checks.filter(({ cause }) => cause === graderCause).map(({ id }) => `${student}: ${id}`),
      ),
      selfTest,
    };
  } finally {
    parser.close();
    unlock();
  }
}

/**
 * What `work` gives for each item. After the first error no item begins, and those at work end before the
 * error is thrown: they need the parser and the box until then.
 */
async function untilOneThrows<T, R>(
  limit: <V>(run: () => Promise<V>) => Promise<V>,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const errors: unknown[] = [];
  const results: R[] = [];
  const one = async (item: T, i: number): Promise<void> => {
    if (errors.length > 0) return;
    try {
      results[i] = await work(item);
    } catch (error) {
      errors.push(error);
    }
  };
  await Promise.all(items.map((item, i) => limit(() => one(item, i))));
  if (errors.length > 0) throw errors[0];
  return results;
}

/** A run while it works. */
interface Run extends GradeOptions {
  readonly parser: Parser;
  readonly files: ResultFiles;
  readonly journal: Journal;
  readonly grader: string;
}

async function gradeHanded(
  handed: Handed,
  run: Run,
): Promise<{ readonly result: SubmissionResult; readonly isKept: boolean }> {
  const { graded, ground, files, journal, parser, grader, seconds = 60 } = run;
  const { student, attempt, handedIn, place, notes } = handed;
  const hints = await hintsHandedIn(handed.hintFile);
  const about: About = { student, attempt, handedIn, place, notes, grader, hints };
  const began = performance.now();
  const log = run.only === undefined ? undefined : run.log;
  try {
    const frozen = await freeze(handed, run.secret, graded.assignment.id);
    const before = run.only === undefined ? files.read(student) : null;
    if (before && stillHolds(before, { ...about, source: frozen.source, wall: wallText(ground) }, graded)) {
      const result = { ...before, attempt, handedIn, place, notes };
      await files.write(result);
      journal.add("kept", { student, source: frozen.source });
      return { result, isKept: true };
    }
    journal.add("started", { student, source: frozen.source });
    await files.writeSource(student, frozen.text);
    const one = await gradeOne(graded, frozen, about, { ground, parser, seconds, log });
    await files.write(one.result);
    const whole = { seconds: (performance.now() - began) / 1000, answering: one.answering };
    journal.add("done", { student, source: frozen.source, ...whole });
    return { result: one.result, isKept: false };
  } catch (error) {
    if (!(error instanceof NotGradable)) throw error;
    journal.add("started", { student, source: "" });
    const result = notGradable(graded, about, error.message, wallText(ground));
    await files.write(result);
    journal.add("done", { student, source: "", seconds: (performance.now() - began) / 1000, answering: 0 });
    return { result, isKept: false };
  }
}

type Mark = Pick<SubmissionResult, "student" | "source" | "wall" | "grader">;

function stillHolds(before: SubmissionResult, now: Mark, { assignment }: GradedAssignment): boolean {
  return (
    before.student === now.student &&
    before.assignment === assignment.id &&
    before.source === now.source &&
    before.grader === now.grader &&
    before.wall === now.wall &&
    before.checks.every(({ cause }) => cause !== graderCause) // a fault of the grader's is never kept
  );
}

async function tried(ground: Ground, out: string): Promise<readonly WallProbe[]> {
  const selfTest = await ground.selfTest();
  const text = JSON.stringify({ wall: wallText(ground), selfTest }, null, 2);
  await writeAtomically(join(out, "self-test.json"), new TextEncoder().encode(`${text}\n`));
  const problems = problemsOf(ground, selfTest);
  if (problems.length === 0) return selfTest;
  throw new WallBroken(`the self-test failed, nothing was graded: ${problems.join("; ")}`);
}
