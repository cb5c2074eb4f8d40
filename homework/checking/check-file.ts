import { basename } from "node:path";
import type { Assignment } from "../assignment.ts";
import type { Check, CheckResult } from "../checks/check.ts";
import { Failure } from "../checks/failure.ts";
import { Conversation } from "../protocol/conversation.ts";
import { compile, NotGradable, readSubmission } from "./compile.ts";
import { localBox } from "./local-box.ts";
import { runChecks } from "./run-checks.ts";

/** What the public checks say about a file. */
export interface FileResults {
  readonly results: readonly CheckResult[];
  /** What the file wrote to stdout and stderr. */
  readonly noise: string;
}

/**
 * Runs public checks on a student's file, in a process of its own.
 * @throws NotGradable for a file that is missing, does not parse or does not load
 */
export async function checkFile(
  assignment: Assignment,
  file: string,
  { seed, checks }: { readonly seed: number; readonly checks: readonly Check[] },
): Promise<FileResults> {
  const source = readSubmission(file, basename(file));
  const box = localBox(assignment.id, await compile(source, `${assignment.id}.ts`));
  const submission = new Conversation(box.command);
  try {
    await loaded(submission, basename(file));
    const results = await runChecks(checks, submission, { source, seed, credit: assignment.credit });
    return { results, noise: submission.noise };
  } finally {
    submission.close();
    box.remove();
  }
}

async function loaded(submission: Conversation, name: string): Promise<void> {
  try {
    await submission.load();
  } catch (error) {
    if (error instanceof Failure) throw new NotGradable(`${name}: ${error.message}`);
    throw error;
  }
}
