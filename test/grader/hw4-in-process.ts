/** A submission to hw4 in this process: the checks, the calls and the layers are the real ones, only the pipe is missing. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { GradedAssignment } from "#internal/grader";
import {
  type Arrays,
  type CheckResult,
  type Conversation,
  compile,
  Failure,
  hw4Calls,
  type Replies,
  runChecks,
  type Submission,
} from "#internal/homework";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What a student's file exports. */
export async function submissionOf(text: string): Promise<Submission> {
  const folder = mkdtempSync(join(tmpdir(), "chalk-hw4-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/chalk-and-tape"), "junction");
    const file = join(folder, "hw4.mjs");
    writeFileSync(file, await compile(text, "hw4.ts"));
    return (await import(pathToFileURL(file).href)) as Submission;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The results of all checks; those whose id is not in `only` are left out. */
export async function inProcess(
  { assignment, hidden }: GradedAssignment,
  submission: Submission,
  seed: number,
  isWanted: (id: string) => boolean = () => true,
  source = "",
): Promise<readonly CheckResult[]> {
  const ask = async (call: string, inputs: Arrays, replies: Replies = {}): Promise<Arrays> => {
    try {
      return (hw4Calls[call] as (typeof hw4Calls)[string])(submission, inputs, (what, arrays) =>
        (replies[what] as Replies[string])(arrays),
      );
    } catch (error) {
      throw new Failure("thrown", { where: (error as Error).message });
    }
  };
  const checks = [...assignment.checks, ...hidden].filter(({ id }) => isWanted(id));
  const { credit } = assignment;
  return runChecks(checks, { ask } as unknown as Conversation, { source, seed, credit });
}
