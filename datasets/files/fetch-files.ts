import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../errors.ts";
import { download } from "./download.ts";
import { type DataFile, type FileSet, locate } from "./file-set.ts";
import { verifyFile } from "./verify.ts";

/** What happens during a fetch, file by file. */
export type FetchEvent =
  | { readonly kind: "present" | "fetched"; readonly file: string; readonly path: string }
  | { readonly kind: "start"; readonly file: string; readonly url: string }
  | {
      readonly kind: "progress";
      readonly file: string;
      readonly receivedBytes: number;
      /** null where the server does not say. */
      readonly totalBytes: number | null;
    }
  | { readonly kind: "failed"; readonly file: string; readonly url: string; readonly reason: string };

/** An AbortSignal by what it has: the library of the notebooks' compiler does not know the name. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}

export interface FetchOptions {
  /** An AbortSignal: ends the fetch; nothing half-written stays. */
  readonly signal?: AbortSignalLike;
  /** A mirror that sends nothing for so long is given up. Default 30,000 ms. */
  readonly stallMs?: number;
  readonly onEvent?: (event: FetchEvent) => void;
}

/**
 * Puts the files of a set under a data root: those that are there and right stay, each other one comes from the first mirror that gives
 * the right bytes. A file appears under its name when it is complete and its SHA-256 right, never before.
 * @throws DataError where no mirror has the file, with what each of them did; on abort the signal's reason
 */
export async function fetchFiles(set: FileSet, root: string, options: FetchOptions = {}): Promise<void> {
  const folder = join(root, set.folder);
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new DataError(`${folder}: cannot be made (${error.message}). Choose another data folder.`);
  });
  for (const file of set.files) {
    options.signal?.throwIfAborted();
    const there = locate(root, set.folder, file.name);
    if (there && (await verifyFile(file, there)).status === "ok") {
      options.onEvent?.({ kind: "present", file: file.name, path: there });
    } else await fetchFile(set, file, join(folder, `${file.name}.gz`), options);
  }
}

async function fetchFile(set: FileSet, file: DataFile, path: string, options: FetchOptions): Promise<void> {
  const { signal, stallMs = 30_000, onEvent } = options;
  const tried: string[] = [];
  for (const mirror of set.mirrors) {
    const url = `${mirror}${file.name}.gz`;
    onEvent?.({ kind: "start", file: file.name, url });
    try {
      await download(url, path, {
        signal: signal as AbortSignal | undefined,
        stallMs,
        // What gzip can add to bytes that it cannot compress is far less than this.
        limitBytes: file.sizeBytes + 65_536,
        onProgress: (receivedBytes, totalBytes) =>
          onEvent?.({ kind: "progress", file: file.name, receivedBytes, totalBytes }),
        check: (temporary) => checkArrived(file, temporary),
      });
      onEvent?.({ kind: "fetched", file: file.name, path });
      return;
    } catch (error) {
      signal?.throwIfAborted();
      const reason = explain(error);
      onEvent?.({ kind: "failed", file: file.name, url, reason });
      tried.push(`\n  ${url}: ${reason}`);
    }
  }
  throw new DataError(
    `${path}: could not be fetched.${tried.join("")}\nCheck the connection and the disk and try again, or put a copy of the file there yourself.`,
  );
}

async function checkArrived(file: DataFile, path: string): Promise<void> {
  const { status, found } = await verifyFile(file, path);
  if (status !== "ok") throw new Error(`wrong content: ${found}`);
}

/** `fetch` says only "fetch failed"; the reason is in its cause, and several addresses give several reasons. */
function explain(error: unknown): string {
  const { message, cause } = error as Error;
  if (cause instanceof AggregateError && !cause.message) return cause.errors.map(explain).join("; ");
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
