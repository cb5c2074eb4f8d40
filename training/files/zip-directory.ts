import { DataError } from "../../np/index.ts";

/** A file in a zip, as listed in the directory at its end. */
export interface ZipEntry {
  readonly name: string;
  readonly checksum: number;
}

/**
 * Reads the directory of a zip, for what fflate does not check: checksums and duplicate names.
 * @throws DataError when it is missing or damaged
 * @see PKWARE, "APPNOTE.TXT: .ZIP File Format Specification", 4.3.12 and 4.3.16
 */
export function zipDirectory(where: string, bytes: Uint8Array): ZipEntry[] {
  const fail = (what: string): never => {
    throw new DataError(`${where}: ${what}; copy the file again`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) fail("this is not a zip, or it is cut off");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const names = new Set<string>();
  return Array.from({ length: count }, () => {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) fail("the zip's directory is damaged");
    const nameBytes = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    const checksum = view.getUint32(at + 16, true);
    if (names.has(name)) fail(`${name} appears twice in the zip`);
    names.add(name);
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    return { name, checksum };
  });
}

const table: readonly number[] = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** The checksum that zips use, CRC-32. */
export function crc32(bytes: Uint8Array): number {
  let c = -1;
  for (let i = 0; i < bytes.length; i++) c = (table[(c ^ (bytes[i] as number)) & 255] as number) ^ (c >>> 8);
  return ~c >>> 0;
}
