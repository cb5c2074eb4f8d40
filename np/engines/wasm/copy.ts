import type { FloatArray } from "../../engine.ts";

/** From this many bytes on, two byte views cost less than they save. */
const worthViews = 4096;

interface Bytes {
  fill(value: Bytes): void;
}

/**
 * to ← from, of the same length and dtype, while no other thread uses the memory. V8 copies shared
 * memory word by word, because another thread might be looking on; in Node 24 that is three times
 * slower. Buffer's `fill` with equally many bytes is a single memcpy.
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
