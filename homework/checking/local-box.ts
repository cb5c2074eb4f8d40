import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BoxCommand } from "../protocol/conversation.ts";

/** A folder from which a submission runs in a process of its own, with this package as `chalk-and-tape`. */
export interface LocalBox {
  readonly command: BoxCommand;
  /** Deletes the folder. */
  readonly remove: () => void;
}

const packageFolder = fileURLToPath(new URL("../../../", import.meta.url));
const child = fileURLToPath(new URL("../protocol/child.js", import.meta.url));

/**
 * The student's own box: another process, so that an endless loop or an exit ends only that process.
 * It is no wall. Whoever grades the work of others uses the walls of grader/.
 */
export function localBox(assignment: string, code: string): LocalBox {
  const folder = mkdtempSync(join(tmpdir(), `chalk-and-tape-${assignment}-`));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  symlinkSync(packageFolder, join(modules, "chalk-and-tape"), "junction");
  const file = join(folder, `${assignment}.mjs`);
  writeFileSync(file, code);
  return {
    command: {
      file: process.execPath,
      args: ["--enable-source-maps", child, assignment, file],
      env: { CHALK_ENGINE: "js", CHALK_THREADS: "1", ...windows() },
      cwd: folder,
    },
    remove: () => existsSync(folder) && rmSync(folder, { recursive: true }),
  };
}

/** Node does not start on Windows without it. */
function windows(): Record<string, string> {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}
