import { DataError } from "../../np/index.ts";
import { crc32, hex32 } from "./crc32.ts";
import { checksumLength, checksumStart } from "./file-checksum.ts";
import { ones16, ones32, signatures, type ZipEnd, type ZipRecord } from "./zip-records.ts";

/** A file in a zip. */
export interface ZipEntry extends ZipRecord {
  readonly name: string;
  /** Its bytes in the zip. */
  readonly data: Uint8Array;
}

/**
 * Reads the directory of a zip and the headers in front of the files, zip64 included. Everything
 * that a zip says twice must be the same twice: names, sizes, checksums, counts, places.
 * @throws DataError when it is damaged, or has two files of one name
 * @see PKWARE, "APPNOTE.TXT: .ZIP File Format Specification", 4.3 to 4.5
 */
export function zipEntries(where: string, bytes: Uint8Array): ZipEntry[] {
  return new ZipReader(where, bytes).entries();
}

/**
 * Compares a zip from `zip` with the checksum in its comment, which also covers what no checksum of
 * a file in it does. One flipped bit leaves either the comment's beginning or its digits as they are.
 * @throws DataError when the zip has changed; any other zip passes
 */
export function expectUnchanged(where: string, bytes: Uint8Array): void {
  const commentAt = bytes.length - checksumLength;
  if (commentAt < 22) return;
  const comment = new TextDecoder().decode(bytes.subarray(commentAt));
  const digits = hex32(crc32(bytes.subarray(0, commentAt)));
  if (comment.startsWith(checksumStart) !== comment.endsWith(digits)) {
    throw new DataError(
      `${where}: the checksum of the whole file is wrong: it is damaged, or another program has changed it; copy it again`,
    );
  }
}

class ZipReader {
  readonly #where: string;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(where: string, bytes: Uint8Array) {
    this.#where = where;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  entries(): ZipEntry[] {
    const { count, directoryAt, directoryBytes } = this.#end(this.#findEnd());
    const entries: ZipEntry[] = [];
    const taken: [begin: number, end: number][] = [];
    const names = new Set<string>();
    let at = directoryAt;
    while (at < directoryAt + directoryBytes) {
      const { next, offset, ...record } = this.#directoryRecord(at, directoryAt + directoryBytes);
      const name = this.#text(record.nameBytes);
      if (names.has(name)) this.#fail(`${name} appears twice in the zip`);
      names.add(name);
      const dataAt = this.#dataAt(name, record, offset);
      const dataEnd = dataAt + record.packedBytes;
      if (dataEnd > directoryAt) this.#fail(`the data of ${name} reaches beyond the files`);
      taken.push([offset, dataEnd]);
      entries.push({ ...record, name, data: this.#bytes.subarray(dataAt, dataEnd) });
      at = next;
    }
    if (entries.length !== count)
      this.#fail(`the zip says that it has ${count} files, but its directory lists ${entries.length}`);
    this.#expectApart(taken);
    return entries;
  }

  #fail(what: string): never {
    throw new DataError(`${this.#where}: ${what}; copy the file again`);
  }

  /** The last record that ends, with its comment, where the file ends. */
  #findEnd(): number {
    const last = this.#bytes.length - 22;
    for (let at = last; at >= Math.max(0, last - ones16); at--) {
      const isEnd = this.#view.getUint32(at, true) === signatures.end;
      if (isEnd && at + 22 + this.#view.getUint16(at + 20, true) === this.#bytes.length) return at;
    }
    return this.#fail("this is not a zip, or its end is missing or followed by other bytes");
  }

  #end(at: number): ZipEnd {
    const short = (offset: number): number => this.#view.getUint16(at + offset, true);
    const long = (offset: number): number => this.#view.getUint32(at + offset, true);
    const small = { count: short(10), directoryBytes: long(12), directoryAt: long(16) };
    const hasDisks = short(4) !== 0 || short(6) !== 0 || short(8) !== short(10);
    const is64 = at >= 20 && this.#view.getUint32(at - 20, true) === signatures.locator64;
    const end = is64 ? this.#end64(at - 20) : { ...small, recordAt: at };
    const differs =
      (small.count !== ones16 && small.count !== end.count) ||
      (small.directoryBytes !== ones32 && small.directoryBytes !== end.directoryBytes) ||
      (small.directoryAt !== ones32 && small.directoryAt !== end.directoryAt);
    if (hasDisks || differs || end.directoryAt + end.directoryBytes !== end.recordAt)
      this.#fail("the record at the end of the zip is damaged");
    return end;
  }

  #end64(locatorAt: number): ZipEnd & { readonly recordAt: number } {
    const recordAt = this.#long64(locatorAt + 8);
    const isHere = recordAt + 56 <= locatorAt && this.#view.getUint32(recordAt, true) === signatures.end64;
    const isOne =
      this.#view.getUint32(locatorAt + 4, true) === 0 && this.#view.getUint32(locatorAt + 16, true) === 1;
    if (!isHere || !isOne || recordAt + 12 + this.#long64(recordAt + 4) !== locatorAt)
      this.#fail("the zip64 record at the end of the zip is damaged");
    const [here, count] = [this.#long64(recordAt + 24), this.#long64(recordAt + 32)];
    if (here !== count || this.#long64(recordAt + 16) !== 0) this.#fail("the zip is one of several parts");
    return {
      count,
      directoryBytes: this.#long64(recordAt + 40),
      directoryAt: this.#long64(recordAt + 48),
      recordAt,
    };
  }

  #directoryRecord(at: number, end: number): ZipRecord & { readonly offset: number; readonly next: number } {
    const short = (offset: number): number => this.#view.getUint16(at + offset, true);
    const long = (offset: number): number => this.#view.getUint32(at + offset, true);
    if (at + 46 > end || long(0) !== signatures.directory) this.#fail("the zip's directory is damaged");
    const extraAt = at + 46 + short(28);
    const next = extraAt + short(30) + short(32);
    if (next > end || short(34) !== 0) this.#fail("the zip's directory is damaged");
    const [size = 0, packedBytes = 0, offset = 0] = this.#wide(
      [long(24), long(20), long(42)],
      extraAt,
      short(30),
    );
    const nameBytes = this.#bytes.subarray(at + 46, extraAt);
    return {
      nameBytes,
      flags: short(8),
      method: short(10),
      checksum: long(16),
      packedBytes,
      size,
      offset,
      next,
    };
  }

  /** Where a file's data begins, once its own header has been compared with its line in the directory. */
  #dataAt(
    name: string,
    { nameBytes, flags, method, checksum, packedBytes, size }: ZipRecord,
    at: number,
  ): number {
    const short = (offset: number): number => this.#view.getUint16(at + offset, true);
    const long = (offset: number): number => this.#view.getUint32(at + offset, true);
    const differs = (): never => this.#fail(`the header of ${name} does not match the zip's directory`);
    if (at + 30 > this.#bytes.length || long(0) !== signatures.local) differs();
    const extraAt = at + 30 + short(26);
    const dataAt = extraAt + short(28);
    if (dataAt > this.#bytes.length || short(6) !== flags || short(8) !== method) differs();
    const own = this.#bytes.subarray(at + 30, extraAt);
    if (own.length !== nameBytes.length || own.some((byte, i) => byte !== nameBytes[i])) differs();
    if (flags & (1 << 3)) return dataAt; // checksum and sizes follow the data
    const [ownSize, ownPacked] = this.#wide([long(22), long(18)], extraAt, short(28));
    if (long(14) !== checksum || ownSize !== size || ownPacked !== packedBytes) differs();
    return dataAt;
  }

  /** The numbers, with those that are all ones taken from the zip64 field, in this order. */
  #wide(numbers: readonly number[], extraAt: number, extraBytes: number): number[] {
    let [at, end] = [extraAt, extraAt + extraBytes];
    while (at + 4 <= end && this.#view.getUint16(at, true) !== 1)
      at += 4 + this.#view.getUint16(at + 2, true);
    if (at + 4 > end) return [...numbers]; // no zip64 field
    end = Math.min(end, at + 4 + this.#view.getUint16(at + 2, true));
    at += 4;
    return numbers.map((n) => {
      if (n !== ones32) return n;
      if (at + 8 > end) this.#fail("a zip64 field is too short");
      at += 8;
      return this.#long64(at - 8);
    });
  }

  /** Files may not share bytes: a small zip could then unpack to any size. */
  #expectApart(taken: [begin: number, end: number][]): void {
    let free = 0;
    for (const [begin, end] of taken.sort((a, b) => a[0] - b[0])) {
      if (begin < free) this.#fail("two files of the zip overlap");
      free = end;
    }
  }

  #long64(at: number): number {
    const value = Number(this.#view.getBigUint64(at, true));
    return Number.isSafeInteger(value) ? value : this.#fail("a size in the zip is beyond 2⁵³");
  }

  #text(nameBytes: Uint8Array): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(nameBytes);
    } catch {
      return this.#fail("the name of a file in the zip is not UTF-8");
    }
  }
}
