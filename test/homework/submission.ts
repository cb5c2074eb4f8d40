import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NDArray } from "chalk-and-tape/np";
import {
  type Check,
  type CheckResult,
  Conversation,
  compile,
  localBox,
  runChecks,
  type TimeLimits,
} from "#internal/homework";

/** Runs something on a submission in a process of its own, and ends the process. */
export async function withSubmission<T>(
  assignment: string,
  source: string,
  run: (submission: Conversation) => Promise<T>,
  limits: TimeLimits = { load: 20, answer: 20 },
): Promise<T> {
  const box = localBox(assignment, await compile(source, `${assignment}.ts`));
  const submission = new Conversation(box.command, limits);
  try {
    return await run(submission);
  } finally {
    submission.close();
    box.remove();
  }
}

/** The results of checks on a submission. */
export function resultsOf(
  checks: readonly Check[],
  source: string,
  credit: Readonly<Record<string, number>> = {},
): Promise<readonly CheckResult[]> {
  return withSubmission("hw1", source, (submission) =>
    runChecks(checks, submission, { source, seed: 1, credit }),
  );
}

/** A check of hw1's `reluForward`, whose answer has to be `expected(x)`. */
export function reluCheck(
  id: string,
  {
    needs = [],
    points = 1,
    expected,
  }: { needs?: readonly string[]; points?: number; expected: (x: NDArray) => NDArray },
): Check {
  return {
    id,
    task: 1,
    points,
    title: `title of ${id}`,
    needs,
    async run({ ask, agree, random }) {
      const x = random.normal(0, 1, [3, 2]);
      agree("y", (await ask("reluForward", { x })).y, expected(x), { inputs: [x] });
    },
  };
}

/** A folder for a test's files, and how to delete it. */
export function scratch(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "chalk-and-tape-test-"));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
