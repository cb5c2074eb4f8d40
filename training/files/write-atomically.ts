import { nodeFiles } from "./node-files.ts";
import { removeAbandoned, temporaryName } from "./temporary-files.ts";

/**
 * Writes a file so that the path always holds all of the old bytes or all of the new ones, even if
 * the process is killed. It writes to a temporary name in the same folder, flushes to disk, then
 * renames. What killed processes left there is removed.
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const { open, rename, rm } = nodeFiles("writeAtomically", "keep the bytes themselves");
  const folder = folderOf(path);
  const temporary = `${folder}/${temporaryName()}`;
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
  await flush(folder);
  await removeAbandoned(folder);
}

/** The folder of a file: `.` for a bare name. */
export function folderOf(path: string): string {
  const cut = Math.max(path.lastIndexOf("/"), process.platform === "win32" ? path.lastIndexOf("\\") : -1);
  return cut < 0 ? "." : path.slice(0, cut + 1);
}

/** Flushes the folder, so that a power cut does not undo the rename. */
async function flush(folder: string): Promise<void> {
  if (process.platform === "win32") return; // Windows cannot open a folder
  const { open } = nodeFiles("writeAtomically", "keep the bytes themselves");
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
