import { DataError } from "../errors.ts";
import { hex } from "./read-file.ts";

/** The contents of an IDX file of unsigned bytes. */
export interface Idx {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes with `ndim` axes: 00 00 08 ndim, then each axis' length as a
 * big-endian 32-bit integer, then the elements. `data` shares memory with `bytes`. `path` and
 * `advice` are for messages.
 * @throws DataError for another magic number, or more or fewer bytes than the header announces
 * @see LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "File formats"
 */
export function parseIdx(bytes: Uint8Array, ndim: number, path: string, advice: string): Idx {
  const header = 4 + 4 * ndim;
  const mark = hex(bytes.subarray(0, 4));
  const wanted = hex(Uint8Array.of(0, 0, 8, ndim));
  if (mark !== wanted) {
    const kind = ndim === 1 ? "labels" : "images";
    throw new DataError(
      `${path}: begins with ${mark || "nothing"}; expected ${wanted}, the magic number of an IDX file of ${kind}. ${advice}`,
    );
  }
  if (bytes.length < header) {
    throw new DataError(
      `${path}: ${bytes.length} byte(s), truncated within its header of ${header}. ${advice}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  const shape = Array.from({ length: ndim }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = shape.reduce((product, n) => product * n, 1);
  const found = bytes.length - header;
  if (found !== expected) {
    const fault = found < expected ? "is truncated" : "has trailing bytes";
    throw new DataError(
      `${path}: ${fault}: ${found} byte(s) after the header, which announces ${shape.join(" × ")} = ${expected}. ${advice}`,
    );
  }
  return { shape, data: bytes.subarray(header) };
}
