/** Runs an assignment's checks on a text, without a wall: these texts are ours. */
import { join } from "node:path";
import type { GradedAssignment } from "#internal/grader";
import { type CheckResult, Conversation, compile, runChecks } from "#internal/homework";
import { root } from "../house/source.ts";
import { writeBesidePackage } from "./compile-edition.ts";

const child = join(root, "dist", "homework", "protocol", "child.js");

/** `calls` is the folder of calls.js, as seen from `dist/homework/`. Every check runs, whatever it needs. */
export async function resultsOf(
  { assignment, hidden }: GradedAssignment,
  text: string,
  calls: string = assignment.id,
): Promise<readonly CheckResult[]> {
  const name = `${assignment.id}.mjs`;
  const file = writeBesidePackage(
    `${assignment.id}-graded`,
    name,
    await compile(text, `${assignment.id}.ts`),
  );
  const command = { file: process.execPath, args: [child, calls, file], env: {}, cwd: root };
  const conversation = new Conversation(command);
  try {
    const checks = [...assignment.checks, ...hidden].map((check) => ({ ...check, needs: [] }));
    return await runChecks(checks, conversation, { source: text, seed: 1, credit: assignment.credit });
  } finally {
    conversation.close();
  }
}
