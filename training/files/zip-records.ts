/**
 * The records of a zip, as numbers. Sizes, offsets and counts that do not fit into 32 or 16 bits
 * stand in a zip64 field instead, and all ones in their own place.
 * @see PKWARE, "APPNOTE.TXT: .ZIP File Format Specification", 4.3 to 4.5
 */

/** A file in a zip, as its header and the directory describe it. */
export interface ZipRecord {
  readonly nameBytes: Uint8Array;
  /** Bit 0: encrypted; bit 3: sizes follow the data; bit 11: the name is UTF-8. */
  readonly flags: number;
  /** 0: stored; 8: deflated. */
  readonly method: number;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly size: number;
}

/** The end of a zip: how many files it has, and where its directory is. */
export interface ZipEnd {
  readonly count: number;
  readonly directoryBytes: number;
  readonly directoryAt: number;
}

export const signatures = {
  local: 0x04034b50,
  directory: 0x02014b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
  end: 0x06054b50,
} as const;

export const ones16: number = 0xffff;
export const ones32: number = 0xffffffff;

const [version, version64] = [20, 45];
/** 1 January 1980, the earliest date that a zip can store. */
const date = 0x21;
const isUtf8 = 1 << 11;

/** Numbers of 2, 4 or 8 bytes, little-endian, one after another. */
function packed(...fields: readonly (readonly [value: number, bytes: 2 | 4 | 8])[]): Uint8Array {
  const out = new Uint8Array(fields.reduce((sum, [, bytes]) => sum + bytes, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else if (bytes === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  return out;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The zip64 field, id 1, with those of the numbers that need it; empty if none does. */
function field64(numbers: readonly number[]): Uint8Array {
  if (numbers.length === 0) return new Uint8Array(0);
  return packed([1, 2], [8 * numbers.length, 2], ...numbers.map((n) => [n, 8] as const));
}

function flagsFor(nameBytes: Uint8Array): number {
  return nameBytes.some((byte) => byte > 127) ? isUtf8 : 0;
}

/** The header in front of a file's data. */
export function localHeader({
  nameBytes,
  method,
  checksum,
  packedBytes,
  size,
}: Omit<ZipRecord, "flags">): Uint8Array {
  const is64 = size >= ones32 || packedBytes >= ones32; // here both sizes move
  const extra = field64(is64 ? [size, packedBytes] : []);
  const fixed = packed(
    [signatures.local, 4],
    [is64 ? version64 : version, 2],
    [flagsFor(nameBytes), 2],
    [method, 2],
    [0, 2], // midnight
    [date, 2],
    [checksum, 4],
    [is64 ? ones32 : packedBytes, 4],
    [is64 ? ones32 : size, 4],
    [nameBytes.length, 2],
    [extra.length, 2],
  );
  return joined(fixed, nameBytes, extra);
}

/** A file's line in the directory; `offset` is where its header begins. */
export function directoryRecord(
  { nameBytes, method, checksum, packedBytes, size }: Omit<ZipRecord, "flags">,
  offset: number,
): Uint8Array {
  const extra = field64([size, packedBytes, offset].filter((n) => n >= ones32));
  const needed = extra.length > 0 ? version64 : version;
  const fixed = packed(
    [signatures.directory, 4],
    [needed, 2],
    [needed, 2],
    [flagsFor(nameBytes), 2],
    [method, 2],
    [0, 2],
    [date, 2],
    [checksum, 4],
    [Math.min(packedBytes, ones32), 4],
    [Math.min(size, ones32), 4],
    [nameBytes.length, 2],
    [extra.length, 2],
    [0, 2], // no comment
    [0, 2], // the first disk
    [0, 2], // no attributes
    [0, 4],
    [Math.min(offset, ones32), 4],
  );
  return joined(fixed, nameBytes, extra);
}

/** The end of a zip, up to its comment. */
export function endRecords({ count, directoryBytes, directoryAt }: ZipEnd, commentBytes: number): Uint8Array {
  const end = packed(
    [signatures.end, 4],
    [0, 2],
    [0, 2],
    [Math.min(count, ones16), 2],
    [Math.min(count, ones16), 2],
    [Math.min(directoryBytes, ones32), 4],
    [Math.min(directoryAt, ones32), 4],
    [commentBytes, 2],
  );
  if (count < ones16 && directoryBytes < ones32 && directoryAt < ones32) return end;
  const end64 = packed(
    [signatures.end64, 4],
    [44, 8], // the size of what follows
    [version64, 2],
    [version64, 2],
    [0, 4],
    [0, 4],
    [count, 8],
    [count, 8],
    [directoryBytes, 8],
    [directoryAt, 8],
  );
  const locator = packed([signatures.locator64, 4], [0, 4], [directoryAt + directoryBytes, 8], [1, 4]);
  return joined(end64, locator, end);
}
