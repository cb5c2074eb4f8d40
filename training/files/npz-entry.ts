import { DataError } from "../../np/index.ts";
import { crc32 } from "./crc32.ts";
import { inflateAtMost, type Unpacked } from "./inflate.ts";
import { expectSize } from "./npy.ts";
import { npyHeader } from "./npy-header.ts";
import type { ZipEntry } from "./zip-reader.ts";

/** Smaller files are unpacked at once; of others the header is read first. */
const smallBytes = 65_536;

/**
 * The bytes of one file. Its .npy header must describe an array of exactly the size that the zip
 * claims, before memory is taken for it.
 */
export function npyBytes(where: string, { name, flags, method, data, size, checksum }: ZipEntry): Uint8Array {
  const fail = (what: string, cause?: unknown): never => {
    throw new DataError(`${where}: ${what}; copy the file again`, { cause });
  };
  const compare = (bytes: Uint8Array): Uint8Array => {
    if (bytes.length !== size) fail(`${name} has ${bytes.length} bytes, not the ${size} that the zip says`);
    return crc32(bytes) === checksum ? bytes : fail(`the checksum of ${name} is wrong: the file is damaged`);
  };
  if (flags & 1) fail(`${name} is encrypted, which cannot be read`);
  if (method === 0) return compare(data);
  if (method !== 8) fail(`${name} is compressed by method ${method}; known are 0, stored, and 8, deflate`);
  const unpack = (most: number): Unpacked => {
    try {
      return inflateAtMost(where, data, most);
    } catch (error) {
      return fail(`${name} cannot be unpacked (${(error as Error).message})`, error);
    }
  };
  let start = unpack(Math.min(size, smallBytes));
  if (size > smallBytes) {
    const header = npyHeader(
      `${where}: ${name}`,
      (least) => (least > smallBytes ? unpack(least) : start).bytes,
    );
    expectSize(`${where}: ${name}`, header, size - header.dataAt);
    start = unpack(size);
  }
  return start.isLonger
    ? fail(`${name} has more than the ${size} bytes that the zip says`)
    : compare(start.bytes);
}
