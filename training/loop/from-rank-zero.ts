import type { StateDict } from "../../contracts/index.ts";
import { DataError, type NDArray, ShapeError } from "../../np/index.ts";
import type { Ranks } from "./ranks.ts";

const kinds = { bytes: 0, nothing: 1, failed: 2 } as const;

/**
 * Runs `work` on rank 0 only, for what concerns files, and returns its bytes on every rank. All
 * ranks must call it, and wait for rank 0.
 * @throws what `work` throws on rank 0: an error of the same class and message on every rank
 */
export async function fromRankZero(
  ranks: Ranks,
  work: () => Promise<Uint8Array | null>,
): Promise<Uint8Array | null> {
  if (ranks.rank > 0) return received(ranks);
  try {
    const bytes = await work();
    send(ranks, bytes ? kinds.bytes : kinds.nothing, bytes ?? new Uint8Array(0));
    return bytes;
  } catch (error) {
    send(ranks, kinds.failed, new TextEncoder().encode(JSON.stringify([nameOf(error), textOf(error)])));
    throw error;
  }
}

/** One message says what comes and how long it is, a second one brings it. */
function send(ranks: Ranks, kind: number, bytes: Uint8Array): void {
  ranks.broadcast(Float64Array.of(kind, bytes.length));
  if (bytes.length > 0) ranks.broadcast(bytes);
}

function received(ranks: Ranks): Uint8Array | null {
  const head = new Float64Array(2);
  ranks.broadcast(head);
  const [kind, length = 0] = head;
  const bytes = new Uint8Array(length);
  if (length > 0) ranks.broadcast(bytes);
  if (kind === kinds.failed) {
    const [name, message] = JSON.parse(new TextDecoder().decode(bytes)) as [string, string];
    throw new (errors[name] ?? Error)(message);
  }
  return kind === kinds.nothing ? null : bytes;
}

const errors: Readonly<Record<string, new (message: string) => Error>> = {
  RangeError,
  TypeError,
  ShapeError,
  DataError,
};

function nameOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : "Error";
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The text that each rank gives, by rank. All ranks must call it. */
export function gather(ranks: Ranks, text: string): string[] {
  const own = new TextEncoder().encode(text);
  const lengths = new Float64Array(ranks.size);
  lengths[ranks.rank] = own.length;
  ranks.sum(lengths);
  const starts = [0];
  for (const [rank, length] of lengths.entries()) starts.push((starts[rank] as number) + length);
  const codes = new Float64Array(starts.at(-1) as number);
  codes.set(own, starts[ranks.rank]);
  if (codes.length > 0) ranks.sum(codes);
  const bytes = Uint8Array.from(codes);
  return Array.from({ length: ranks.size }, (_, rank) =>
    new TextDecoder().decode(bytes.subarray(starts[rank], starts[rank + 1])),
  );
}

/** Gives the arrays the values that they have on rank 0, in one message. All ranks must call it. */
export function broadcastArrays(ranks: Ranks, arrays: readonly NDArray[]): void {
  const all = arrays.map((x) => x.copy());
  const length = all.reduce((sum, x) => sum + bytesOf(x).length, 0);
  if (length === 0) return;
  const message = new Uint8Array(length);
  let at = 0;
  for (const x of all) {
    message.set(bytesOf(x), at);
    at += bytesOf(x).length;
  }
  ranks.broadcast(message);
  if (ranks.rank === 0) return;
  at = 0;
  for (const [i, x] of all.entries()) {
    const bytes = bytesOf(x);
    bytes.set(message.subarray(at, at + bytes.length));
    at += bytes.length;
    arrays[i]?.copyFrom(x);
  }
}

/**
 * Gives every rank the buffers of rank 0, such as the running means of batch normalisation. Between
 * two calls they are each rank's own, as are the means with which it normalises its part of a batch.
 * All ranks must call it.
 */
export function broadcastBuffers(
  ranks: Ranks,
  model: { stateDict(): StateDict },
  parameters: readonly { readonly value: NDArray }[],
): void {
  const learned = new Set(parameters.map((p) => p.value));
  const buffers = Object.values(model.stateDict()).filter((x) => !learned.has(x));
  broadcastArrays(ranks, buffers);
}

/** The memory of an array that is contiguous, such as a copy. */
function bytesOf(x: NDArray): Uint8Array {
  const { buffer, byteOffset, byteLength } = x.flat();
  return new Uint8Array(buffer, byteOffset, byteLength);
}
