import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { DataError } from "../errors.ts";
import { contentOf, headBytes } from "./content.ts";
import { contentsOf } from "./contents.ts";
import { GzipError, mostPacked, unwrap } from "./gunzip.ts";
import { entriesOf } from "./spelling.ts";

/** What a reader knows of a file before it reads it. */
export interface Expectation {
  /** The sentence that ends every message. */
  readonly advice: string;
  /** The size of the unpacked file, or the most bytes that it may have. */
  readonly mostBytes: number;
  /**
   * The size that the first bytes announce instead. Throws for another kind of file or a larger one,
   * before the rest is unpacked. Default: they announce nothing.
   */
  readonly sizeOf?: (head: Uint8Array) => number;
}

/** Files are read this far beyond the announced size, so that a message can say how many bytes follow. */
const slackBytes = 65_536;

/** A file that was gzipped twice happens; more than this does not. */
const mostLayers = 3;

/**
 * Reads the bytes of a file, unpacked if its content is gzip data, whatever its name is. Memory stays
 * within the size that is expected or announced, however much the file would unpack to.
 * @throws DataError for a file that cannot be read, whose gzip data are cut off or damaged or
 * continue after their end, or that holds too many bytes
 */
export async function readDataFile(path: string, expected: Expectation): Promise<Uint8Array> {
  const { advice, mostBytes, sizeOf = () => mostBytes } = expected;
  const refuse = (complaint: string, cause?: unknown): DataError =>
    new DataError(`${path}: ${complaint}. ${advice}`.trim(), { cause });
  const sizeBytes = await plainSize(path, refuse);
  const parts: Uint8Array[] = [];
  let [received, bound, announced] = [0, Number.POSITIVE_INFINITY, mostBytes];
  const checkHead = (): void => {
    announced = sizeOf(Buffer.concat(parts));
    bound = announced + slackBytes;
    if (sizeBytes > mostPacked(bound)) {
      throw refuse(`is ${sizeBytes} bytes on the disk; expected ${announced}, or fewer if packed`);
    }
  };
  try {
    const file = createReadStream(path, { highWaterMark: 1 << 18 });
    for await (const part of unwrap(file, mostLayers)) {
      parts.push(part);
      received += part.length;
      if (bound === Number.POSITIVE_INFINITY && received >= headBytes) checkHead();
      if (received > bound) throw refuse(`holds more than ${bound} bytes; expected ${announced}`);
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    if (error instanceof GzipError) throw refuse(error.message, error);
    throw refuse(`cannot be read (${(error as Error).message})`, error);
  }
  if (bound === Number.POSITIVE_INFINITY) checkHead();
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

/** The size of a plain file. Others are refused unopened: a pipe would be waited for. */
async function plainSize(
  path: string,
  refuse: (complaint: string, cause?: unknown) => Error,
): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const isThere = entriesOf(dirname(path)).includes(basename(path));
    if (error.code !== "ENOENT") throw refuse(`cannot be read (${error.message})`, error);
    if (isThere) throw refuse("is a link to a file that does not exist", error);
    throw refuse(`no such file. ${contentsOf(dirname(path))}`, error);
  });
  if (found.isFile()) return found.size;
  if (!found.isDirectory()) throw refuse("is neither a file nor a folder");
  throw refuse(`is a folder; expected a file. ${contentsOf(path)}`);
}

/**
 * The error for a file whose content is not what was expected: names the content if it is known, else
 * gives `found`.
 */
export function wrongContent(
  path: string,
  bytes: Uint8Array,
  expected: string,
  found: string,
  advice: string,
): DataError {
  const content = contentOf(bytes);
  const said = content ? [`is ${content.what}; expected ${expected}.`, content.remedy] : [`${found}.`];
  return new DataError(`${path}: ${[...said, advice].filter(Boolean).join(" ")}`);
}

/** Formats bytes as "1f 8b". */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
