import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system counts; tells a new process with an old number apart. "" where unknown. */
  readonly began: string;
}

/**
 * Keeps a second run out of a folder. What a killed run left is found and taken over.
 * @returns a function that removes the lock
 * @throws RangeError while another run works there
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, "lock.json");
  for (let tries = 0; ; tries++) {
    if (created(path)) return () => rmSync(path, { force: true });
    const owner = ownerIn(path);
    if (tries === 3 || (owner && isAtWork(owner)))
      throw new RangeError(
        `${folder} is in use by process ${owner?.pid ?? "?"} on ${owner?.host ?? "?"}; wait for it, or remove ${path}`,
      );
    removeStale(path, owner);
  }
}

function created(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    const owner: Owner = { pid: process.pid, host: hostname(), began: beginOf(process.pid) };
    writeSync(file, JSON.stringify(owner));
    fsyncSync(file);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** null for a lock that is gone, or was never written to its end. */
function ownerIn(path: string): Owner | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Owner;
  } catch {
    return null;
  }
}

/** A process on another machine is taken for working: nothing here can tell. */
function isAtWork({ pid, host, began }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return began === "" || began === beginOf(pid);
}

/** Moves the lock away first: if a third run has put its own there meanwhile, it goes back. */
function removeStale(path: string, stale: Owner | null): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // another run was faster
  }
  const moved = ownerIn(aside);
  if (moved && JSON.stringify(moved) !== JSON.stringify(stale)) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function beginOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
