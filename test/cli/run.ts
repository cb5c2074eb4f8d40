import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const command: string = join(import.meta.dirname, "../../../bin/chalk-and-tape.js");

/** How a command ended, and what it left in the empty folder that it ran in. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly left: readonly string[];
  /** The folder; removed after the suite. */
  readonly folder: string;
}

/** Runs commands, each in an empty folder of its own; removes the folders after the suite in which this is called. */
export function commandRunner(): (
  args: readonly string[],
  options?: {
    readonly env?: Record<string, string>;
    /** Default: an empty folder. */
    readonly cwd?: string;
    /** The file that stdout goes to; default: the outcome's `stdout`. */
    readonly stdout?: string;
    /** Options for Node. */
    readonly node?: readonly string[];
    /** A program that starts Node, with its arguments. */
    readonly starter?: readonly [string, ...string[]];
    readonly onStart?: (child: ChildProcess, printed: () => string) => void;
  },
) => Promise<Outcome> {
  const made: string[] = [];
  after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));
  return async (args, { env, cwd, stdout: target, node = [], starter, onStart } = {}) => {
    const folder = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
    made.push(folder);
    const file = target === undefined ? null : openSync(target, "w");
    const [program, ...words] = [...(starter ?? []), process.execPath, ...node, command, ...args];
    const child = spawn(program as string, words, {
      cwd: cwd ?? folder,
      env: { ...process.env, CHALK_DATA: join(folder, "no-data"), ...env },
      stdio: ["ignore", file ?? "pipe", "pipe"],
    });
    if (file !== null) closeSync(file);
    let [stdout, stderr] = ["", ""];
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      stderr += chunk;
    });
    onStart?.(child, () => stdout + stderr);
    const status = await new Promise<number | null>((done) => child.on("close", done));
    return { status, stdout, stderr, left: await readdir(folder), folder };
  };
}
