import { spawnSync } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { join } from "node:path";
import { WallMissing } from "./wall.ts";

const folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

/**
 * The full path of a program of the system. PATH is not asked: whoever grades runs what is installed.
 * @throws WallMissing with what to install
 */
export function programNamed(name: string, install: string): string {
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next folder may have it.
    }
  }
  throw new WallMissing(`${name} is not installed; ${install}`);
}

/** The shared libraries that a program needs, the loader among them, as `ldd` lists them. */
export function librariesOf(program: string): readonly string[] {
  const ldd = programNamed("ldd", "install the C library's programs (Debian: libc-bin)");
  const { stdout, status } = spawnSync(ldd, [realpathSync(program)], { encoding: "utf8", env: {} });
  if (status !== 0) return []; // linked without shared libraries
  return [...stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path = ""]) => path);
}

/** Whether a command ends with 0; else the last line that it wrote to stderr. */
export function tried(file: string, args: readonly string[]): { ok: boolean; why: string } {
  const { status, stderr, error } = spawnSync(file, args, { encoding: "utf8", env: {}, timeout: 10_000 });
  const why = error?.message ?? (stderr.trim().split("\n").at(-1) || `it ended with ${status}`);
  return { ok: status === 0, why };
}
