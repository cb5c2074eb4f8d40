import { DataError } from "../errors.ts";
import { download } from "./download.ts";
import type { FileSet } from "./file-set.ts";

/** What happens during a fetch, file by file. */
export type FetchEvent =
  | { readonly kind: "present" | "fetched"; readonly file: string; readonly path: string }
  | { readonly kind: "start"; readonly file: string; readonly url: string }
  | { readonly kind: "unpack"; readonly file: string }
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

/** Tries one mirror after the other. */
export async function fromMirrors(
  set: FileSet,
  remote: string,
  file: string,
  path: string,
  { signal, onEvent }: FetchOptions,
  get: (url: string) => Promise<void>,
): Promise<void> {
  const tried: string[] = [];
  for (const mirror of set.mirrors) {
    const url = `${mirror}${remote}`;
    onEvent?.({ kind: "start", file, url });
    try {
      return await get(url);
    } catch (error) {
      signal?.throwIfAborted();
      const reason = explain(error);
      onEvent?.({ kind: "failed", file, url, reason });
      tried.push(`\n  ${url}: ${reason}`);
    }
  }
  throw new DataError(
    `${path}: could not be fetched.${tried.join("")}\nCheck the connection and the disk and try again, or put a copy of ${set.archive ? "the unpacked files" : "the file"} there yourself.`,
  );
}

/** Downloads one file, telling of its progress. */
export function receive(
  url: string,
  path: string,
  file: string,
  limitBytes: number,
  { signal, stallMs = 30_000, onEvent }: FetchOptions,
  check: (temporary: string) => Promise<void>,
): Promise<void> {
  const onProgress = (receivedBytes: number, totalBytes: number | null): void =>
    onEvent?.({ kind: "progress", file, receivedBytes, totalBytes });
  return download(url, path, {
    signal: signal as AbortSignal | undefined,
    stallMs,
    limitBytes,
    onProgress,
    check,
  });
}

/** `fetch` says only "fetch failed"; the reason is in its cause, and several addresses give several reasons. */
function explain(error: unknown): string {
  const { message, cause } = error as Error;
  if (cause instanceof AggregateError && !cause.message) return cause.errors.map(explain).join("; ");
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
