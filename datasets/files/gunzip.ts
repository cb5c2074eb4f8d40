import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** An error in gzip data, in words that follow the file's name. */
export class GzipError extends Error {
  override name = "GzipError";
}

/** The most bytes that gzip needs for this many; it adds far less to bytes that it cannot compress. */
export function mostPacked(sizeBytes: number): number {
  return sizeBytes + Math.ceil(sizeBytes / 256) + 65_536;
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** How often data have been packed, up to `most` times; `open` starts them anew. */
export async function layersOf(open: () => AsyncIterable<Uint8Array>, most: number): Promise<number> {
  for (let layers = 0; layers < most; layers++) {
    const { value } = await unwrap(open(), layers).next();
    if (!value || !isGzip(value)) return layers;
  }
  return most;
}

/**
 * Removes gzip, as often as the data have been packed, up to `layers` times; other data pass
 * unchanged. A stream, so that a reader stops it before the bytes that it does not want exist.
 * @throws GzipError for data that are cut off, damaged, or continue after their end
 */
export async function* unwrap(chunks: AsyncIterable<Uint8Array>, layers: number): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    let head: Uint8Array = new Uint8Array();
    while (head.length < 2) {
      const { done, value } = await source.next();
      if (done) break;
      head = head.length === 0 ? value : Buffer.concat([head, value]);
    }
    const all = joined(head, source);
    if (layers > 0 && isGzip(head)) yield* unwrap(gunzip(all), layers - 1);
    else yield* all;
  } finally {
    await source.return?.();
  }
}

async function* joined(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const engine = createGunzip({ chunkSize: 1 << 18 });
  let given = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of packed) {
      given += chunk.length;
      yield chunk;
    }
  }
  // Errors reach the loop below, so there is nothing to do here.
  pipeline(Readable.from(counted(), { objectMode: false }), engine, () => {});
  try {
    yield* engine as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw complaint(error as NodeJS.ErrnoException, given);
  }
  if (engine.bytesWritten < given) {
    throw new GzipError(`${given - engine.bytesWritten} byte(s) follow after the end of the gzip data`);
  }
}

function complaint(error: NodeJS.ErrnoException, given: number): Error {
  if (error.code === "Z_BUF_ERROR") {
    return new GzipError(`the gzip data end too early: the file, ${given} bytes, is truncated`);
  }
  return error.code?.startsWith("Z_") ? new GzipError(`the gzip data are damaged (${error.message})`) : error;
}
