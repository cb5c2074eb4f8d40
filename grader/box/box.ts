import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleCalls, bundleChild, bundleNp, callsOf } from "./bundle.ts";

/**
 * The folder that submissions run in: np without the answers, the program that talks with the grader,
 * and how to call a submission. Nothing else of the package is there.
 */
export interface Box {
  readonly folder: string;
  readonly assignment: string;
  /**
   * Writes a submission's JavaScript, as `compile` gives it, into a folder of its own.
   * @returns that folder
   */
  place(id: string, code: string): string;
  /** Removes the box with all submissions. */
  remove(): void;
}

/** Where a box has its parts: the child's program, and the mount point of one submission. */
export const childOf = (folder: string, assignment: string): string =>
  join(folder, "program", assignment, "child.js");
export const mountPoint = "work";

/**
 * Makes a box in the folder for temporary files. `calls` is the compiled `calls.js` of an assignment,
 * by default of the course's own. The folder's name cannot be guessed, and no other user can list it.
 * @throws Error if the assignment's calls would bring an answer into the box
 */
export async function makeBox(assignment: string, calls: string = callsOf(assignment)): Promise<Box> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "chalk-box-"));
  chmodSync(folder, 0o711);
  const library = join(folder, "node_modules/chalk-and-tape");
  const program = join(folder, "program");
  for (const path of [library, join(program, assignment), join(folder, mountPoint)])
    mkdirSync(path, { recursive: true });
  write(join(folder, "package.json"), { private: true, type: "module" });
  write(join(library, "package.json"), {
    name: "chalk-and-tape",
    type: "module",
    exports: { "./np": "./np/index.js" },
  });
  try {
    await bundleNp(join(library, "np/index.js"));
    await bundleChild(childOf(folder, assignment));
    await bundleCalls(calls, join(program, assignment, "calls.js"));
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  openToRead(folder);
  return {
    folder,
    assignment,
    place(id, code) {
      const own = mkdtempSync(join(folder, `${id.replace(/[^\w-]/g, "-").slice(0, 40)}-`));
      writeFileSync(join(own, `${assignment}.mjs`), code);
      openToRead(own);
      return own;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** For the user that a wall runs as, whatever the umask is. */
function openToRead(folder: string): void {
  chmodSync(folder, 0o711);
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const path = join(folder, name);
    chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
  }
}

function write(path: string, content: object): void {
  writeFileSync(path, `${JSON.stringify(content)}\n`);
}
