import { type DType, NDArray, type TypedArray } from "../../np/index.ts";
import { DataError } from "../errors.ts";
import { hex, readDataFile, wrongContent } from "./read-file.ts";

/** One element type of the format. NumPy's smaller integers become int32. */
interface ElementType {
  readonly bytes: number;
  readonly dtype: DType;
  readonly read: (view: DataView, at: number) => number;
}

const types: Readonly<Record<number, ElementType>> = {
  8: { bytes: 1, dtype: "uint8", read: (view, at) => view.getUint8(at) },
  9: { bytes: 1, dtype: "int32", read: (view, at) => view.getInt8(at) },
  11: { bytes: 2, dtype: "int32", read: (view, at) => view.getInt16(at) },
  12: { bytes: 4, dtype: "int32", read: (view, at) => view.getInt32(at) },
  13: { bytes: 4, dtype: "float32", read: (view, at) => view.getFloat32(at) },
  14: { bytes: 8, dtype: "float64", read: (view, at) => view.getFloat64(at) },
};

/** What an IDX file should hold. */
export interface IdxExpectation {
  readonly advice: string;
  /** The most bytes that the unpacked file may have. */
  readonly mostBytes: number;
  /** The sentence that says what to do with a larger file. */
  readonly tooLarge: string;
  /** Unsigned bytes on this many axes. Default: any type, any number of axes. */
  readonly byteAxes?: number | undefined;
}

interface Header {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** The sizes of the header, and of what it announces. */
  readonly headerBytes: number;
  readonly dataBytes: number;
}

/**
 * Reads an IDX file, packed or not: 0 0, the element type, the number of axes; each axis' length as
 * a big-endian 32-bit integer; then the elements, big-endian.
 * @throws DataError for another kind of file, and for more or fewer bytes than the header announces
 * @see LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "File formats"
 */
export async function readIdxFile(path: string, expected: IdxExpectation): Promise<NDArray> {
  const sizeOf = (head: Uint8Array): number => {
    const { type, shape, headerBytes, dataBytes } = headerOf(head, path, expected);
    const { mostBytes, tooLarge, advice } = expected;
    if (headerBytes + dataBytes <= mostBytes) return headerBytes + dataBytes;
    throw new DataError(
      `${path}: its header announces ${formula(shape, type)} = ${dataBytes} bytes; expected at most ${mostBytes} with the header. ${tooLarge} ${advice}`,
    );
  };
  const bytes = await readDataFile(path, { ...expected, sizeOf });
  const { type, shape, headerBytes, dataBytes } = headerOf(bytes, path, expected);
  const found = bytes.length - headerBytes;
  if (found !== dataBytes) {
    const fault = found < dataBytes ? "is truncated" : "has trailing bytes";
    throw new DataError(
      `${path}: ${fault}: ${found} byte(s) after the header, which announces ${formula(shape, type)} = ${dataBytes}. ${expected.advice}`,
    );
  }
  return NDArray.from(elements(bytes.subarray(headerBytes), type), shape);
}

function headerOf(bytes: Uint8Array, path: string, { byteAxes, advice }: IdxExpectation): Header {
  const [first, second, code = 0, ndim = 0] = bytes;
  const type = types[code];
  const isIdx = first === 0 && second === 0 && type !== undefined && ndim > 0 && bytes.length >= 4;
  const wrongKind = byteAxes !== undefined && (code !== 8 || ndim !== byteAxes);
  if (!isIdx || wrongKind) {
    const what = `an IDX file${byteAxes === undefined ? "" : byteAxes === 1 ? " of labels" : " of images"}`;
    const wanted =
      byteAxes === undefined
        ? `0 0, a type and a number of axes, as ${what} does`
        : `${hex(Uint8Array.of(0, 0, 8, byteAxes))}, the magic number of ${what}`;
    const found = `begins with ${hex(bytes.subarray(0, 4))}; expected ${wanted}`;
    if (isIdx) throw new DataError(`${path}: ${found}. ${otherKind(code, ndim)}${advice}`);
    throw wrongContent(path, bytes, what, found, advice);
  }
  const headerBytes = 4 + 4 * ndim;
  if (bytes.length < headerBytes) {
    throw new DataError(
      `${path}: ${bytes.length} byte(s), truncated within its header of ${headerBytes}. ${advice}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const shape = Array.from({ length: ndim }, (_, axis) => view.getUint32(4 + 4 * axis));
  return { type, shape, headerBytes, dataBytes: shape.reduce((product, n) => product * n, type.bytes) };
}

/** What an IDX file is that was not expected. */
function otherKind(code: number, ndim: number): string {
  if (code !== 8) return "";
  return `It is an IDX file of ${ndim === 1 ? "labels" : `bytes on ${ndim} axes`}: have two files been swapped? `;
}

/** `60000 × 28 × 28`, and the bytes of an element where it has several. */
function formula(shape: readonly number[], { bytes }: ElementType): string {
  return `${shape.join(" × ")}${bytes > 1 ? ` × ${bytes} bytes` : ""}`;
}

/** The elements, which share memory with unsigned bytes and are copied otherwise. */
function elements(bytes: Uint8Array, { bytes: size, dtype, read }: ElementType): TypedArray {
  if (dtype === "uint8") return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const data = NDArray.empty([bytes.length / size], dtype).flat();
  for (let i = 0; i < data.length; i++) data[i] = read(view, i * size);
  return data;
}
