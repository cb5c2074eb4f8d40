import { createHash } from "node:crypto";
import { readlinkSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { entriesOf } from "./spelling.ts";

/** The age from which a file is given up whose process cannot be asked. A download fails long before. */
const oldMs = 24 * 3600 * 1000;

/** This machine, and this container on it: where a process number means the same process. */
const place = createHash("sha256").update(`${hostname()} ${pidNamespace()}`).digest("hex").slice(0, 8);

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid"); // Linux only
  } catch {
    return "";
  }
}

/** How the names of this process' unfinished files and folders begin. */
export function partPrefix(): string {
  return `.part-${process.pid}-${place}-`;
}

/**
 * Removes what killed processes have left in a folder. What belongs to a running process stays, and
 * what another machine wrote stays until nothing has been written to it for a day.
 */
export function removeLeftovers(folder: string): void {
  for (const name of entriesOf(folder)) {
    const [, pid, where] = /^\.part-(\d+)-(?:([0-9a-f]{8})-)?/.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    const isOurs = where === undefined || where === place;
    if (isOurs ? isLeftBy(Number(pid), path) : lastWritten(path) < Date.now() - oldMs) remove(path);
  }
}

function isLeftBy(pid: number, path: string): boolean {
  if (pid !== process.pid) return !isAlive(pid);
  // An earlier process may have had our number: in a container it often does. The clock that stamps
  // files may lag behind by some milliseconds.
  return lastWritten(path) < Date.now() - process.uptime() * 1000 - 1000;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // another user's process
  }
}

/** When something was last written to a file, or to a folder or its entries; Infinity if unknown. */
function lastWritten(path: string): number {
  try {
    const entries = entriesOf(path).map((name) => statSync(join(path, name)).mtimeMs);
    return Math.max(statSync(path).mtimeMs, ...entries);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Another user's: it stays.
  }
}
