/** zlib counts bytes in 32 bits. */
const mostAtOnce = 2 ** 30;

/**
 * The checksum that zips use, CRC-32; with `before`, of earlier bytes and these. Node's zlib is
 * several times faster than JavaScript; a browser has none.
 */
export function crc32(bytes: Uint8Array, before: number = 0): number {
  const update = globalThis.process?.getBuiltinModule?.("node:zlib")?.crc32 ?? crc32InJs;
  let c = before;
  for (let at = 0; at < bytes.length; at += mostAtOnce) c = update(bytes.subarray(at, at + mostAtOnce), c);
  return c;
}

const table: readonly number[] = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** The same without zlib. */
export function crc32InJs(bytes: Uint8Array, before: number): number {
  let c = ~before;
  for (let i = 0; i < bytes.length; i++) c = (table[(c ^ (bytes[i] as number)) & 255] as number) ^ (c >>> 8);
  return ~c >>> 0;
}

/** A checksum as text: 8 hexadecimal digits. */
export function hex32(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}
