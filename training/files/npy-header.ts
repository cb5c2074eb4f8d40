import { DataError, formatShape, sizeOf } from "../../np/index.ts";
import { type ElementType, knownTypes } from "./element-types.ts";
import { numpyType } from "./numpy-types.ts";
import { type PythonLiteral, pythonLiteral } from "./python-literal.ts";

/** The first bytes of every .npy file: \x93NUMPY. */
export const npyMagic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** A header longer than this is damaged: NumPy reads 10,000 characters. */
const longestHeaderBytes = 1_000_000;

/** What the header of an .npy file says about its array. */
export interface NpyHeader {
  readonly type: ElementType;
  readonly descr: string;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the data begins. */
  readonly dataAt: number;
  /** The size of the data that belongs to this shape. */
  readonly dataBytes: number;
}

/**
 * Reads the header of an .npy file of version 1, 2 or 3, in any spelling that NumPy reads. `bytes`
 * may be the beginning of the file, as `prefix(n)` gives it: at least n bytes, unless it is shorter.
 * @throws DataError for anything else, or an element type that this package has no array for
 * @see NumPy reference, `numpy.lib.format`
 */
export function npyHeader(where: string, prefix: (least: number) => Uint8Array): NpyHeader {
  const fail = (what: string): never => {
    throw new DataError(`${where}: ${what}; write it again with np.save, np.savez or saveState`);
  };
  const start = prefix(12);
  if (npyMagic.some((byte, i) => start[i] !== byte)) fail("it does not begin as an .npy file does");
  if (start.length < 12) fail("the file is cut off");
  const [version = 0, minor = 0] = start.subarray(6, 8);
  if (version < 1 || version > 3 || minor !== 0)
    fail(`version ${version}.${minor} of .npy is unknown; known versions are 1.0, 2.0 and 3.0`);
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const textAt = version === 1 ? 10 : 12;
  const dataAt = textAt + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (dataAt > longestHeaderBytes)
    fail(`its header is ${dataAt} bytes long, at most ${longestHeaderBytes} are allowed`);
  const bytes = prefix(dataAt);
  if (bytes.length < dataAt) fail("the file is cut off inside its header");
  const text = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(bytes.subarray(textAt, dataAt));
  const literal = pythonLiteral(text);
  const fields = literal instanceof Map ? (literal as ReadonlyMap<string, PythonLiteral>) : null;
  const [descr, fortranOrder] = [fields?.get("descr"), fields?.get("fortran_order")];
  const shape = shapeOf(fields?.get("shape"));
  if (fields?.size !== 3 || descr === undefined || typeof fortranOrder !== "boolean" || !shape)
    return fail(`its header is ${JSON.stringify(text.trim())}, which is not a plain array`);
  const known = typeof descr === "string" ? numpyType(descr) : undefined;
  if (typeof descr !== "string" || !known) {
    const given = typeof descr === "string" ? `'${descr}'` : "records of several fields";
    return fail(`its elements are ${given}; known types are ${knownTypes("numpy")}`);
  }
  const dataBytes = sizeOf(shape) * known.type.sizeBytes;
  if (!Number.isSafeInteger(dataBytes)) fail(`its shape ${formatShape(shape)} is too large`);
  return { ...known, descr, fortranOrder, shape, dataAt, dataBytes };
}

/** The shape, or undefined for anything but a tuple of whole numbers >= 0. */
function shapeOf(value: PythonLiteral | undefined): number[] | undefined {
  if (typeof value !== "object" || value === null || !("kind" in value) || value.kind !== "tuple")
    return undefined;
  const shape = value.items.filter(
    (n): n is number => typeof n === "number" && Number.isSafeInteger(n) && n >= 0,
  );
  return shape.length === value.items.length ? shape : undefined;
}
