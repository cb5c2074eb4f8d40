import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, type InputType, type ZlibOptions } from "node:zlib";
import { DataError } from "../errors.ts";

/** With `info`, zlib also returns its engine, which knows how much of the input it has used. */
const gunzipWithInfo = promisify(gunzip) as unknown as (
  input: InputType,
  options: ZlibOptions,
) => Promise<{ buffer: Uint8Array; engine: { bytesWritten: number } }>;

/**
 * Reads the bytes of a file, decompressed if its name ends in ".gz". Every message ends with
 * `advice`.
 * @throws DataError for a file that cannot be read, is not gzip, is truncated or damaged, continues
 * after its end, or holds more than `limitBytes` (default 2 GiB − 1)
 */
export async function readDataFile(
  path: string,
  advice: string,
  limitBytes: number = 2 ** 31 - 1,
): Promise<Uint8Array> {
  const raw = await readFile(path).catch((error: Error) => {
    throw new DataError(`${path}: cannot be read (${error.message}). ${advice}`, { cause: error });
  });
  if (!path.endsWith(".gz")) return raw;
  const { buffer, engine } = await gunzipWithInfo(raw, {
    info: true,
    maxOutputLength: limitBytes,
  } as ZlibOptions).catch((error: NodeJS.ErrnoException) => {
    throw new DataError(`${path}: ${complaint(error, raw, limitBytes)}. ${advice}`, { cause: error });
  });
  if (engine.bytesWritten < raw.length) {
    const extra = raw.length - engine.bytesWritten;
    throw new DataError(`${path}: ${extra} byte(s) follow after the end of the gzip data. ${advice}`);
  }
  return buffer;
}

function complaint(error: NodeJS.ErrnoException, raw: Uint8Array, limitBytes: number): string {
  if (error.code === "ERR_BUFFER_TOO_LARGE")
    return `decompresses to more than the expected ${limitBytes} bytes`;
  if (error.code === "Z_BUF_ERROR")
    return `the gzip data end too early: the file, ${raw.length} bytes, is truncated`;
  if (raw[0] !== 0x1f || raw[1] !== 0x8b) {
    return `is not a gzip file: it begins with ${hex(raw.subarray(0, 2)) || "nothing"}, expected 1f 8b`;
  }
  return `the gzip data are damaged (${error.message})`;
}

/** Formats bytes as "1f 8b". */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
