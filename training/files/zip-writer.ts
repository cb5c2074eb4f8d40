import { deflateSync } from "fflate";
import { allocate } from "./allocate.ts";
import { crc32 } from "./crc32.ts";
import { checksumLength, checksumText } from "./file-checksum.ts";
import { directoryRecord, endRecords, localHeader, ones16 } from "./zip-records.ts";

/**
 * Joins files to a zip whose comment holds a checksum of everything before it. Equal files give
 * equal bytes. Any number of files of any size: zip64 where the first zip's fields are too small.
 * @throws RangeError for a name longer than a zip can store
 */
export function zip(
  where: string,
  files: Iterable<readonly [name: string, bytes: Uint8Array]>,
  { compress }: { readonly compress: boolean },
): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array): void => {
    parts.push(part);
    length += part.length;
  };
  for (const [name, bytes] of files) {
    const nameBytes = new TextEncoder().encode(name);
    if (nameBytes.length > ones16)
      throw new RangeError(
        `${where}: a name has ${nameBytes.length} bytes; a zip can store ${ones16}: shorten it, or write .safetensors`,
      );
    const deflated = compress ? deflateSync(bytes) : bytes;
    const isSmaller = deflated.length < bytes.length;
    const data = isSmaller ? deflated : bytes;
    const method = isSmaller ? 8 : 0;
    const record = {
      nameBytes,
      method,
      checksum: crc32(bytes),
      packedBytes: data.length,
      size: bytes.length,
    };
    directory.push(directoryRecord(record, length));
    add(localHeader(record));
    add(data);
  }
  const directoryAt = length;
  for (const record of directory) add(record);
  add(
    endRecords(
      { count: directory.length, directoryBytes: length - directoryAt, directoryAt },
      checksumLength,
    ),
  );
  const out = allocate(where, length + checksumLength);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  out.set(new TextEncoder().encode(checksumText(crc32(out.subarray(0, length)))), length);
  return out;
}
