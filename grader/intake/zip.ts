import type { Entry, ZipFile } from "yauzl";
import { mostDepth, mostRatio } from "./limits.ts";
import { type HandedFile, isRubbish, type Tree } from "./tree.ts";

/** Limits for one zip. */
export interface ZipLimits {
  readonly entries: number;
  readonly bytes: number;
}

/**
 * The files of a zip, without unpacking one. Links in it are left out, with a note.
 * @throws RangeError for a zip that cannot be read, has a path that leads outside, the same path
 * twice, too many entries or bytes, or bytes that are packed suspiciously well
 */
export async function readZip(bytes: Uint8Array, limits: ZipLimits): Promise<Tree> {
  const zip = await opened(bytes);
  if (zip.entryCount > limits.entries)
    throw new RangeError(`the zip has ${zip.entryCount} entries, expected at most ${limits.entries}`);
  const entries = await entriesOf(zip, limits.entries);
  const files = new Map<string, HandedFile>();
  const notes: string[] = [];
  let total = 0;
  for (const entry of entries) {
    const path = entry.fileName;
    if (path.endsWith("/") || isRubbish(path)) continue;
    if (path.split("/").length > mostDepth)
      throw new RangeError(`the zip has more than ${mostDepth} folders in each other`);
    const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
    if (kind !== 0 && kind !== 0o100000) {
      notes.push(`${path} is ${kind === 0o120000 ? "a link" : "not a file"}: refused`);
      continue;
    }
    if (entry.isEncrypted()) throw new RangeError("the zip is encrypted; send it without a password");
    total += entry.uncompressedSize;
    if (total > limits.bytes) throw new RangeError(`the zip unpacks to more than ${limits.bytes} bytes`);
    const isLarge = entry.uncompressedSize > 2 ** 20;
    if (isLarge && entry.uncompressedSize > mostRatio * entry.compressedSize)
      throw new RangeError(`${path} unpacks to more than ${mostRatio} times its size in the zip`);
    if (files.has(path)) throw new RangeError(`${path} is in the zip twice`);
    files.set(path, { path, size: entry.uncompressedSize, read: (limit) => unpacked(zip, entry, limit) });
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), notes: notes.sort() };
}

async function opened(bytes: Uint8Array): Promise<ZipFile> {
  const { fromBuffer } = await import("yauzl");
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, validateEntrySizes: true, strictFileNames: true };
    fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), options, (error, zip) => {
      if (error) reject(new RangeError(`the zip cannot be read: ${error.message}`));
      else resolve(zip);
    });
  });
}

/** All entries. yauzl refuses names that are absolute, have a "\" or lead outside. */
function entriesOf(zip: ZipFile, most: number): Promise<readonly Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on("entry", (entry: Entry) => {
      entries.push(entry);
      if (entries.length > most) reject(new RangeError(`the zip has more than ${most} entries`));
      else zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", (error: Error) => reject(new RangeError(`the zip is refused: ${error.message}`)));
    zip.readEntry();
  });
}

function unpacked(zip: ZipFile, entry: Entry, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => reject(new RangeError(`it cannot be unpacked: ${error.message}`));
    if (entry.uncompressedSize > limit) {
      reject(new RangeError(`it has ${entry.uncompressedSize} bytes, expected at most ${limit}`));
      return;
    }
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        refuse(error);
        return;
      }
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("error", refuse);
      stream.on("end", () => resolve(Buffer.concat(pieces)));
    });
  });
}
