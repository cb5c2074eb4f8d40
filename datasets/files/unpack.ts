import { createHash, type Hash } from "node:crypto";
import { closeSync, createReadStream, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { DataFile } from "./file-set.ts";
import { type Entry, loadParser, type TarParser } from "./tar-parser.ts";

/** What an archive may hold: in one folder these files, each once, and nothing else. */
export interface Contents {
  readonly folder: string;
  /** What must be in it, and is unpacked. */
  readonly files: readonly DataFile[];
  /** What may be in it, and is left out. */
  readonly others: readonly DataFile[];
}

/** For what a tar archive adds to its files: headers, padding, zeros at its end. */
const slackBytes = 1 << 20;

/**
 * Unpacks a .tar.gz into an empty folder, as a stream; returns the SHA-256 of each file. Names come from `contents`, never from the
 * archive: what has another name, kind or size, or comes twice, ends it, and so does more than all of it together can be.
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
    failure ??= refusal(entry, "of a kind that is not known");
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
    // The pipeline may say only that it was ended, not why.
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
    // The parser would decompress once more, without this limit.
    if (total === 0 && (chunk.length < 2 || (chunk[0] === 0x1f && chunk[1] === 0x8b))) {
      throw new Error("what the gzip data hold is no tar archive");
    }
    total += chunk.length;
    if (total > limit) throw new Error(`the archive decompresses to more than the expected ${limit} bytes`);
    parser.write(chunk);
    check();
  }
  parser.end();
  check();
}

/** Why an entry is refused; null for one that may be there. */
function problemOf(entry: Entry, { folder, files, others }: Contents, seen: Set<string>): Error | null {
  const { path, type, size } = entry;
  const isFolder = type === "Directory" && path === `${folder}/`;
  if (seen.has(path)) return refusal(entry, "there for a second time");
  seen.add(path);
  if (isFolder) return null;
  const file = [...files, ...others].find(({ name }) => path === `${folder}/${name}`);
  if (!file) return refusal(entry, "not one of the files that it should hold");
  if (type !== "File" && type !== "OldFile") return refusal(entry, "not a plain file");
  const right = size === file.sizeBytes || (file.atMost && size <= file.sizeBytes);
  if (right) return null;
  return refusal(entry, `of ${size} bytes, expected ${file.atMost ? "at most " : ""}${file.sizeBytes}`);
}

function refusal({ path, type }: Entry, why: string): Error {
  return new Error(
    `the archive holds ${JSON.stringify(path)} (${type}), which is ${why}; nothing of it is kept`,
  );
}

/** Writes an entry as its bytes come. Synchronously: the parser waits for nobody. */
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
