import { createHash, type Hash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { DataFile } from "./file-set.ts";
import { type Entry, loadParser, type TarParser } from "./tar-parser.ts";

/** The allowed contents of an archive: these files in one folder, each once, and nothing else. */
export interface Contents {
  readonly folder: string;
  /** Files that must be in it, and are unpacked. */
  readonly files: readonly DataFile[];
  /** Files that may be in it, and are skipped. */
  readonly others: readonly DataFile[];
}

/** An allowance for tar's headers, padding and trailing zeros. */
const slackBytes = 1 << 20;

/**
 * Unpacks a .tar.gz into an empty folder, as a stream; returns the SHA-256 of each file. Names come
 * from `contents`, never from the archive. An unexpected name, type or size, a repeated entry, or
 * more bytes than all files together can have stops it.
 * @throws Error that says what is wrong with the archive; on abort the signal's reason
 */
export async function unpack(
  path: string,
  contents: Contents,
  target: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const Parser = await loadParser();
  const sums = new Map<string, string>();
  const parser = new Parser({ strict: true, zstd: false, maxDecompressionRatio: 1 });
  let failure: Error | null = null;
  parser.on("error", (error: Error) => {
    failure ??= error;
  });
  parser.on("ignoredEntry", (entry: Entry) => {
    failure ??= refusal(entry, "of an unknown type");
  });
  const seen = new Set<string>();
  const open = new Set<number>();
  parser.on("entry", (entry: Entry) => {
    failure ??= problemOf(entry, contents, seen);
    const file = contents.files.find(({ name }) => entry.path === `${contents.folder}/${name}`);
    if (failure || !file) entry.resume();
    else write(entry, join(target, file.name), open, (sum) => sums.set(file.name, sum));
  });
  const all = [...contents.files, ...contents.others];
  const limit = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, slackBytes);
  const check = (): void => {
    if (failure) throw failure;
  };
  try {
    const feeding = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
      await feed(parser, chunks, limit, check).catch((error: Error) => {
        failure ??= error;
        throw error;
      });
    };
    await pipeline(createReadStream(path), createGunzip(), feeding, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    // The pipeline may report only that it was stopped, not why.
    throw failure ?? new Error(`cannot be unpacked: ${(error as Error).message}`);
  } finally {
    for (const file of open) closeSync(file);
  }
  const lacking = contents.files.filter(({ name }) => !sums.has(name)).map(({ name }) => name);
  if (lacking.length > 0) throw new Error(`the archive lacks ${lacking.join(", ")}`);
  return sums;
}

async function feed(
  parser: TarParser,
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  check: () => void,
): Promise<void> {
  let total = 0;
  for await (const chunk of chunks) {
    // The parser would decompress gzip data again, without this limit.
    if (total === 0 && (chunk.length < 2 || (chunk[0] === 0x1f && chunk[1] === 0x8b))) {
      throw new Error("the gzip data do not contain a tar archive");
    }
    total += chunk.length;
    if (total > limit) throw new Error(`the archive decompresses to more than the expected ${limit} bytes`);
    parser.write(chunk);
    check();
  }
  parser.end();
  check();
}

/** Why an entry is refused; null for an allowed one. */
function problemOf(entry: Entry, { folder, files, others }: Contents, seen: Set<string>): Error | null {
  const { path, type, size } = entry;
  const isFolder = type === "Directory" && path === `${folder}/`;
  if (seen.has(path)) return refusal(entry, "in it twice");
  seen.add(path);
  if (isFolder) return null;
  const file = [...files, ...others].find(({ name }) => path === `${folder}/${name}`);
  if (!file) return refusal(entry, "not one of the files that it should contain");
  if (type !== "File" && type !== "OldFile") return refusal(entry, "not a plain file");
  const right = size === file.sizeBytes || (file.atMost && size <= file.sizeBytes);
  if (right) return null;
  return refusal(entry, `of ${size} bytes, expected ${file.atMost ? "at most " : ""}${file.sizeBytes}`);
}

function refusal({ path, type }: Entry, why: string): Error {
  return new Error(`the archive holds ${JSON.stringify(path)} (${type}), which is ${why}; nothing was kept`);
}

/** Writes an entry as its bytes arrive. Synchronously, because the parser does not wait. */
function write(entry: Entry, path: string, open: Set<number>, onEnd: (sum: string) => void): void {
  const hash: Hash = createHash("sha256");
  const file = openSync(path, "wx");
  open.add(file);
  entry.on("data", (chunk: Uint8Array) => {
    hash.update(chunk);
    writeSync(file, chunk);
  });
  entry.on("end", () => {
    fsyncSync(file);
    closeSync(file);
    open.delete(file);
    onEnd(hash.digest("hex"));
  });
}
