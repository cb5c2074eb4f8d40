import { constants } from "node:fs";
import { lstat, open, opendir } from "node:fs/promises";
import { join } from "node:path";
import { mostDepth } from "./limits.ts";
import { type HandedFile, isRubbish, type Tree } from "./tree.ts";

/**
 * The files below a folder. Links, pipes and sockets are left out, with a note: a link could lead
 * out of the folder.
 * @throws RangeError for more than `most` entries, or folders that are too deep
 */
export async function readFolder(folder: string, most: number): Promise<Tree> {
  const files: HandedFile[] = [];
  const notes: string[] = [];
  let entries = 0;
  const visit = async (below: string, depth: number): Promise<void> => {
    if (depth > mostDepth) throw new RangeError(`it has more than ${mostDepth} folders in each other`);
    for await (const { name } of await opendir(join(folder, below))) {
      if (++entries > most) throw new RangeError(`it has more than ${most} entries`);
      const path = below === "" ? name : `${below}/${name}`;
      if (isRubbish(path)) continue;
      const stat = await lstat(join(folder, path));
      if (stat.isDirectory()) await visit(path, depth + 1);
      else if (stat.isFile()) files.push(fileAt(folder, path, stat.size));
      else notes.push(`${path} is ${stat.isSymbolicLink() ? "a link" : "not a file"}: refused`);
    }
  };
  await visit("", 0);
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), notes: notes.sort() };
}

function fileAt(folder: string, path: string, size: number): HandedFile {
  return { path, size, read: (limit) => readPlain(join(folder, path), limit) };
}

/** Reads a file that is not a link, and no more than it may have. @throws RangeError */
export async function readPlain(path: string, limit: number): Promise<Uint8Array> {
  const noLinks = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, noLinks).catch((error: NodeJS.ErrnoException) => {
    throw new RangeError(error.code === "ELOOP" ? "it is a link" : `it cannot be read: ${error.message}`);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new RangeError("it is not a file");
    if (stat.size > limit) throw new RangeError(`it has ${stat.size} bytes, expected at most ${limit}`);
    const bytes = Buffer.alloc(stat.size);
    const { bytesRead } = await file.read(bytes, 0, stat.size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
