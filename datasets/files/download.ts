import { unlinkSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { partPrefix } from "./leftovers.ts";

export interface DownloadOptions {
  /** Aborts the download; the partial file is removed. */
  readonly signal?: AbortSignal | undefined;
  /** The time without a byte after which the download fails. */
  readonly stallMs: number;
  /** The number of bytes after which the download fails: a server may send endlessly. */
  readonly limitBytes: number;
  readonly onProgress?: (receivedBytes: number, totalBytes: number | null) => void;
  /** Throws to reject the download; the bytes are at `path`, a temporary name. */
  readonly check: (path: string) => Promise<void>;
}

let count = 0;

/**
 * Downloads a URL to a file: writes a temporary file beside it, checks it, flushes it to disk and
 * renames it. On failure, abort or process exit the temporary file is removed and `path` is
 * unchanged. (Unlike `writeAtomically` in training, it receives the bytes one by one and checks
 * them before the rename.)
 * @throws Error with the reason (`fetch` itself detects a body shorter than announced); on abort
 * the signal's reason
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<void> {
  const temporary = join(dirname(path), `${partPrefix()}${count++}-${basename(path)}`);
  const removeAtExit = (): void => {
    try {
      unlinkSync(temporary);
    } catch {
      // Already renamed or removed.
    }
  };
  process.once("exit", removeAtExit);
  try {
    const file = await open(temporary, "wx");
    try {
      await receive(url, file, options);
      await file.sync();
    } finally {
      await file.close();
    }
    await options.check(temporary);
    options.signal?.throwIfAborted();
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
    process.off("exit", removeAtExit);
  }
}

async function receive(url: string, file: FileHandle, options: DownloadOptions): Promise<void> {
  const { signal, stallMs, limitBytes, onProgress } = options;
  const stalled = new AbortController();
  const giveUp = (): void => stalled.abort(new Error(`nothing received for ${stallMs / 1000} s`));
  let timer = setTimeout(giveUp, stallMs);
  try {
    const response = await fetch(url, {
      // Otherwise a server may compress the file again, and its length would be meaningless.
      headers: { "accept-encoding": "identity" },
      signal: signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal,
    });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status} ${response.statusText}`);
    const announced = response.headers.get("content-encoding")
      ? null
      : response.headers.get("content-length");
    const total = announced === null ? null : Number(announced);
    let received = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      received += chunk.length;
      if (received > limitBytes) throw new Error(`more than the ${limitBytes} bytes that the file may have`);
      await file.appendFile(chunk);
      onProgress?.(received, total);
      timer = setTimeout(giveUp, stallMs);
    }
  } finally {
    clearTimeout(timer);
  }
}
