/**
 * Memory for the bytes of a file.
 * @throws RangeError when there is less, or the engine's arrays are shorter
 */
export function allocate(where: string, length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    throw new RangeError(
      `${where}: the file has ${length} bytes, which do not fit into one block of memory here; split the state into several files`,
      { cause },
    );
  }
}
