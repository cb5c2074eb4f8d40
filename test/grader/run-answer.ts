import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GradedAssignment } from "#internal/grader";
import { type CheckResult, Conversation, compile, runChecks, type TimeLimits } from "#internal/homework";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * Runs all checks of an assignment, public ones first, against the text of a student's file. The
 * submission runs in a plain child process: no wall, so only for texts that this repository holds.
 * @throws NotGradable for a text that does not parse
 */
export async function runAnswer(
  { assignment, hidden }: GradedAssignment,
  text: string,
  { seed = 1, limits }: { readonly seed?: number; readonly limits?: TimeLimits } = {},
): Promise<readonly CheckResult[]> {
  const { id, checks, credit } = assignment;
  const code = await compile(text, `${id}.ts`);
  const folder = mkdtempSync(join(tmpdir(), `chalk-answer-${id}-`));
  try {
    const file = join(folder, `${id}.mjs`);
    writeFileSync(file, code);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    symlinkPackage(folder);
    const child = join(root, "dist/homework/protocol/child.js");
    const args = ["--enable-source-maps", child, id, file];
    const submission = new Conversation({ file: process.execPath, args, env: {}, cwd: folder }, limits);
    try {
      return await runChecks([...checks, ...hidden], submission, { source: text, seed, credit });
    } finally {
      submission.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The package in the folder's `node_modules`, as a student has it. */
function symlinkPackage(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  symlinkSync(root, join(modules, "chalk-and-tape"), "junction");
}

/** The points that these results add up to. */
export function scoreOf(results: readonly CheckResult[]): number {
  return results.reduce((sum, { points, share }) => sum + points * share, 0);
}
