import type { StateDict } from "../../contracts/index.ts";
import { DataError, type NDArray, sizeOf } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import { allocate } from "./allocate.ts";
import { crc32, hex32 } from "./crc32.ts";
import { type ElementType, elementType, fromBytes, knownTypes, toBytes, typeFor } from "./element-types.ts";
import { expectBytes } from "./expect-bytes.ts";
import { expectState } from "./expect-state.ts";
import { checksumStart, checksumText } from "./file-checksum.ts";
import { repeatedKey } from "./json-keys.ts";

/** The contents of a .safetensors file: arrays by name, and text by name. */
export interface Safetensors {
  readonly state: StateDict;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The reference implementation's limit: the header is read before anything else about the file is
 * known.
 */
const longestHeaderBytes = 100_000_000;

interface Entry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** The metadata entry of the checksum; it is the first thing in the header, so its place is fixed. */
const checksumKey = "chalk-and-tape.checksum";
const headerStart = `{"__metadata__":{"${checksumKey}":"${checksumStart}`;
/** The place of the 8 digits, which are all that the checksum does not cover. */
const digitsAt = 8 + headerStart.length;

/**
 * Encodes a state dict as a .safetensors file: 8 bytes with the header's length, the header (JSON),
 * the data. Wide elements come first, so that all are aligned. An int32 `num_batches_tracked` is
 * written as int64, as in PyTorch. One more metadata entry holds a checksum of the whole file.
 * @throws RangeError for a reserved name, TypeError for anything but NDArrays and texts by name
 * @see https://github.com/huggingface/safetensors, "Format"
 */
export function encodeSafetensors(
  state: StateDict,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  expectState("encodeSafetensors", state);
  expectMetadata(metadata);
  if (Object.hasOwn(state, "__metadata__"))
    throw new RangeError(`encodeSafetensors: "__metadata__" is the header's own name; rename that array`);
  const arrays = Object.entries(state).map(([name, x]) => ({ name, x, type: typeFor(name, x) }));
  arrays.sort((a, b) => b.type.sizeBytes - a.type.sizeBytes);
  let end = 0;
  const entries = arrays.map(({ name, x, type }): Field => {
    const begin = end;
    end += x.size * type.sizeBytes;
    return [name, JSON.stringify({ dtype: type.safetensors, shape: x.shape, data_offsets: [begin, end] })];
  });
  const texts: Field[] = [[checksumKey, checksumText(0)], ...Object.entries(metadata)];
  const words = json(texts.map(([key, text]) => [key, JSON.stringify(text)]));
  const header = new TextEncoder().encode(json([["__metadata__", words], ...entries]));
  const dataAt = 8 + Math.ceil(header.length / 8) * 8;
  const bytes = allocate("encodeSafetensors", dataAt + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataAt - 8), true);
  bytes.fill(0x20, 8, dataAt).set(header, 8);
  let at = dataAt;
  for (const { x, type } of arrays) {
    const data = toBytes(x, type);
    bytes.set(data, at);
    at += data.length;
  }
  bytes.set(new TextEncoder().encode(checksumOf(bytes)), digitsAt);
  return bytes;
}

/** The checksum of all bytes but its own digits. */
function checksumOf(bytes: Uint8Array): string {
  return hex32(crc32(bytes.subarray(digitsAt + 8), crc32(bytes.subarray(0, digitsAt))));
}

/**
 * Reads a .safetensors file. The whole header is checked before memory is allocated for it: the
 * arrays must fill the data without gap or overlap. The checksum of our own files is compared.
 * @throws DataError that says what is wrong with the file
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  expectBytes("decodeSafetensors", bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) fail(`the file has ${bytes.length} byte(s), fewer than the 8 of the header's length`);
  const length = view.getBigUint64(0, true);
  if (length > longestHeaderBytes)
    fail(`the header is ${length} bytes long, at most ${longestHeaderBytes} are allowed`);
  const dataAt = 8 + Number(length);
  if (dataAt > bytes.length)
    fail(`the header is ${length} bytes long, but only ${bytes.length - 8} follow: the file is cut off`);
  const { __metadata__: metadata = {}, ...arrays } = header(bytes.subarray(8, dataAt));
  const { [checksumKey]: checksum, ...own } = words(metadata);
  expectUnchanged(bytes, checksum, own);
  const entries = Object.entries(arrays).map(([name, value]) => entry(name, value));
  expectNoGaps(entries, bytes.length - dataAt);
  const state = entries.map(({ name, type, shape, begin, end }): [string, NDArray] => [
    name,
    fromBytes(`decodeSafetensors: "${name}"`, bytes.subarray(dataAt + begin, dataAt + end), type, shape),
  ]);
  return { state: Object.fromEntries(state), metadata: own };
}

/**
 * Compares our own files with their checksum. A file is ours by the checksum's key or by how its
 * text begins: one flipped bit cannot hide both.
 */
function expectUnchanged(
  bytes: Uint8Array,
  checksum: string | undefined,
  others: Record<string, string>,
): void {
  const isOurs =
    checksum !== undefined || Object.values(others).some((text) => text.startsWith(checksumStart));
  if (isOurs && checksum !== checksumStart + checksumOf(bytes)) {
    throw new DataError(
      `decodeSafetensors: the checksum of the file is wrong: it is damaged, or another program wrote it and kept the metadata "${checksumKey}"; copy it again, or write it without that entry`,
    );
  }
}

/** A key and its value. */
type Field = readonly [key: string, value: string];

/** An object of values in JSON, with its keys in this order; JSON.stringify would write keys like "0" first. */
function json(fields: readonly Field[]): string {
  return `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`;
}

function expectMetadata(metadata: unknown): void {
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata))
    throw new TypeError(
      `encodeSafetensors: metadata is ${describe(metadata)}, expected an object of texts: { format: "pt" }`,
    );
  for (const [key, text] of Object.entries(metadata)) {
    if (typeof text !== "string")
      throw new TypeError(
        `encodeSafetensors: the metadata "${key}" is ${describe(text)}, expected text; pass JSON.stringify of it`,
      );
    if (key === checksumKey || text.startsWith(checksumStart))
      throw new RangeError(
        `encodeSafetensors: the metadata "${key}" is the file's own checksum, which is written anew; leave it out`,
      );
  }
}

function fail(what: string): never {
  throw new DataError(
    `decodeSafetensors: ${what}; write the file again with PyTorch's save_file or saveState`,
  );
}

function header(bytes: Uint8Array): Record<string, unknown> {
  if (bytes[0] !== 0x7b) fail("the header does not begin with {: this is not a .safetensors file");
  let text: string;
  let parsed: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    parsed = JSON.parse(text);
  } catch (error) {
    return fail(`the header is not JSON in UTF-8 (${(error as Error).message})`);
  }
  const twice = repeatedKey(text);
  if (twice !== null) fail(`the header has "${twice}" twice`);
  return parsed as Record<string, unknown>;
}

function words(metadata: unknown): Record<string, string> {
  const isWords =
    typeof metadata === "object" &&
    metadata !== null &&
    !Array.isArray(metadata) &&
    Object.values(metadata).every((value) => typeof value === "string");
  return isWords ? (metadata as Record<string, string>) : fail("__metadata__ is not an object of strings");
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function entry(name: string, value: unknown): Entry {
  const { dtype, shape, data_offsets: offsets, ...rest } = (value ?? {}) as Record<string, unknown>;
  const type = elementType("safetensors", dtype);
  if (!type) {
    return fail(`"${name}" has dtype ${JSON.stringify(dtype)}; known types are ${knownTypes("safetensors")}`);
  }
  if (!Array.isArray(shape) || !shape.every(isCount))
    return fail(`"${name}" has shape ${JSON.stringify(shape)}, expected a list of whole numbers >= 0`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return fail(`"${name}" has data_offsets ${JSON.stringify(offsets)}, expected two whole numbers >= 0`);
  if (Object.keys(rest).length > 0) fail(`"${name}" has the unknown key "${Object.keys(rest)[0]}"`);
  const [begin, end] = offsets as [number, number];
  const sizeBytes = sizeOf(shape) * type.sizeBytes;
  if (end - begin !== sizeBytes) {
    fail(
      `"${name}" has data_offsets [${begin}, ${end}], but ${type.safetensors} of shape (${shape.join(", ")}) fills ${sizeBytes} bytes`,
    );
  }
  return { name, type, shape, begin, end };
}

/** @throws DataError unless each array, in order of offsets, begins where the previous one ended */
function expectNoGaps(entries: readonly Entry[], dataBytes: number): void {
  let filled = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== filled) {
      fail(
        `"${name}" begins at byte ${begin} of the data, ${begin < filled ? "inside the previous array, which ends" : "after a gap: the previous array ends"} at ${filled}`,
      );
    }
    filled = end;
  }
  if (filled !== dataBytes)
    fail(`the header describes ${filled} bytes of data, but the file has ${dataBytes}`);
}
