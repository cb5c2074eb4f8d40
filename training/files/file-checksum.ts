import { hex32 } from "./crc32.ts";

/** How a file's own checksum begins, in the files that this package writes. */
export const checksumStart = "chalk-and-tape crc32 ";

/** The length of the whole text. */
export const checksumLength: number = checksumStart.length + 8;

/** The text with which a file states its own checksum. */
export function checksumText(checksum: number): string {
  return checksumStart + hex32(checksum);
}
