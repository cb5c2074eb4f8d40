import type { FloatArray } from "../../engine.ts";

/** From so many bytes on two views of bytes cost less than they save. */
const worthViews = 4096;

interface Bytes {
  fill(value: Bytes): void;
}

/**
 * to ← from, of one length and one dtype, where no other thread is at work. V8 copies into shared memory and out of it word by word, in Node 24 at a third of
 * the speed, since another thread might look on. Buffer's `fill` by as many bytes is one memcpy.
 */
export function copy(to: FloatArray, from: FloatArray): void {
  const { Buffer } = globalThis as unknown as {
    Buffer?: { from(memory: ArrayBufferLike, offset: number, length: number): Bytes };
  };
  if (!Buffer || from.byteLength < worthViews) {
    to.set(from);
    return;
  }
  const bytesOf = ({ buffer, byteOffset, byteLength }: FloatArray): Bytes =>
    Buffer.from(buffer, byteOffset, byteLength);
  bytesOf(to).fill(bytesOf(from));
}
