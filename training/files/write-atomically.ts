import { nodeFiles } from "./node-files.ts";

let written = 0;

/**
 * Writes a file so that the path always holds all of the old bytes or all of the new ones, even if
 * the process is killed. It writes to a temporary name, flushes to disk, then renames. Temporary
 * files of killed processes are removed.
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const { open, rename, rm } = nodeFiles("writeAtomically", "keep the bytes themselves");
  written += 1;
  const temporary = `${path}.${process.pid}-${written}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await settle(path);
}

/**
 * Flushes the folder, so that a power cut does not undo the rename, and removes temporary files of
 * dead processes.
 */
async function settle(path: string): Promise<void> {
  const { open, readdir, rm } = nodeFiles("writeAtomically", "keep the bytes themselves");
  const cut = Math.max(path.lastIndexOf("/"), process.platform === "win32" ? path.lastIndexOf("\\") : -1);
  const folder = cut < 0 ? "." : path.slice(0, cut + 1);
  const name = path.slice(cut + 1);
  for (const other of await readdir(folder)) {
    const [, pid] = other.startsWith(`${name}.`)
      ? (/^\.(\d+)-\d+\.tmp$/.exec(other.slice(name.length)) ?? [])
      : [];
    if (pid && !isAlive(Number(pid))) await rm(`${folder}/${other}`, { force: true });
  }
  if (process.platform === "win32") return; // Windows cannot open a folder
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // another user's process
  }
}
