import { DataError } from "../../np/index.ts";
import { allocate } from "./allocate.ts";
import { nodeFiles } from "./node-files.ts";

/** A single read is at most 2 GiB on some systems. */
const pieceBytes = 2 ** 30;

/**
 * Reads a file of any size that fits into memory; Node's own readFile stops at 2 GiB.
 * @returns null if there is no such file
 * @throws DataError for a folder and for a file that changes while it is read
 */
export async function readWhole(where: string, path: string, remedy: string): Promise<Uint8Array | null> {
  const { open } = nodeFiles(where, remedy);
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (!file) return null;
  try {
    const status = await file.stat();
    if (status.isDirectory())
      throw new DataError(`${where}: ${path} is a folder; give the path of the file in it`);
    const bytes = allocate(`${where}: ${path}`, status.size);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await file.read(bytes, at, Math.min(pieceBytes, bytes.length - at), at);
      if (bytesRead === 0)
        throw new DataError(`${where}: ${path} became shorter while it was read; read it again`);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
