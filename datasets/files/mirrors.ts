import { DataError } from "../errors.ts";
import { download } from "./download.ts";
import type { FileSet } from "./file-set.ts";

/** An event during a fetch of files. */
export type FetchEvent =
  | { readonly kind: "present" | "fetched"; readonly file: string; readonly path: string }
  | { readonly kind: "start"; readonly file: string; readonly url: string }
  | { readonly kind: "unpack"; readonly file: string }
  | {
      readonly kind: "progress";
      readonly file: string;
      readonly receivedBytes: number;
      /** Null where the server does not announce it. */
      readonly totalBytes: number | null;
    }
  | { readonly kind: "failed"; readonly file: string; readonly url: string; readonly reason: string };

/** The part of AbortSignal used here: the notebooks' compiler does not know the type's name. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
}

export interface FetchOptions {
  /** An AbortSignal that ends the fetch; partial files are removed. */
  readonly signal?: AbortSignalLike;
  /** The time without data after which a mirror is given up. Default 30,000 ms. */
  readonly stallMs?: number;
  readonly onEvent?: (event: FetchEvent) => void;
}

/** Tries the mirrors in order. @throws DataError that lists each mirror's failure */
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

/** Downloads one file and reports its progress. */
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

/**
 * Describes an error. `fetch` only says "fetch failed"; the reason is in its cause, and several
 * addresses have several reasons.
 */
function explain(error: unknown): string {
  const { message, cause } = error as Error;
  if (cause instanceof AggregateError && !cause.message) return cause.errors.map(explain).join("; ");
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
