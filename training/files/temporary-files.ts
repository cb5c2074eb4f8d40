import { crc32, hex32 } from "./crc32.ts";
import { nodeFiles } from "./node-files.ts";

const day = 24 * 60 * 60 * 1000;

/** `chalk-and-tape-HOST-PROCESS-RANDOM.tmp`: the machine by a checksum of its name. */
const pattern = /^chalk-and-tape-([0-9a-f]{8})-(\d+)-[0-9a-f-]+\.tmp$/;

/** A name for a temporary file that no other process, thread or call has. */
export function temporaryName(): string {
  return `chalk-and-tape-${host()}-${process.pid}-${crypto.randomUUID()}.tmp`;
}

/**
 * Removes temporary files of killed processes from a folder. A file stays while its process may be
 * running; a day after its last change it goes in any case, because a number of a process is used
 * again, and processes on other machines cannot be asked.
 */
export async function removeAbandoned(folder: string): Promise<void> {
  const { readdir, rm, stat } = nodeFiles("removeAbandoned", "keep the bytes themselves");
  const names = await readdir(folder).catch((): string[] => []); // it may be unreadable, or not exist
  for (const name of names) {
    const [, machine = "", pid = ""] = pattern.exec(name) ?? [];
    if (pid === "") continue;
    const path = `${folder}/${name}`;
    const changed = await stat(path).catch(() => null);
    if (changed && isAbandoned(machine, Number(pid), changed.mtimeMs))
      await rm(path, { force: true }).catch(() => {}); // another user's
  }
}

function isAbandoned(machine: string, pid: number, changed: number): boolean {
  if (Date.now() - changed > day) return true;
  if (machine !== host()) return false;
  // In a container, every run may have the same number.
  if (pid === process.pid) return changed < Date.now() - 1000 * process.uptime();
  return !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // another user's process
  }
}

function host(): string {
  const name = process.getBuiltinModule("node:os").hostname();
  return hex32(crc32(new TextEncoder().encode(name)));
}
