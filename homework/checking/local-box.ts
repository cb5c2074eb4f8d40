import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BoxCommand } from "../protocol/child-process.ts";

/** A folder from which a submission runs in a process of its own, with np as all of `chalk-and-tape`. */
export interface LocalBox {
  readonly command: BoxCommand;
  /** Deletes the folder. */
  readonly remove: () => void;
}

const np = new URL("../../np/index.js", import.meta.url).href;
const child = fileURLToPath(new URL("../protocol/child.js", import.meta.url));

/**
 * The student's own box: another process, so that an endless loop or an exit ends only that process.
 * It is no wall. Whoever grades the work of others uses the walls of grader/.
 */
export function localBox(assignment: string, code: string): LocalBox {
  const folder = mkdtempSync(join(tmpdir(), `chalk-and-tape-${assignment}-`));
  writeNp(join(folder, "node_modules", "chalk-and-tape"));
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

/** A package that has np and nothing else, as where the work is graded: another import fails here too. */
function writeNp(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = { name: "chalk-and-tape", type: "module", exports: { "./np": "./np.js" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "np.js"), `export * from ${JSON.stringify(np)};\n`);
}

/** Node does not start on Windows without it. */
function windows(): Record<string, string> {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}
