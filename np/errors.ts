/** The shapes of arrays do not fit together. The message says where, what was given and what was expected. */
export class ShapeError extends Error {
  override readonly name: string = "ShapeError";
}

/**
 * Data is missing, damaged or not as expected. The message names the file, what was found and what
 * to do.
 */
export class DataError extends Error {
  override readonly name: string = "DataError";
}
