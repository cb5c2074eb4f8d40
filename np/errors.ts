/** The shapes of arrays do not fit together. The message says where, what was given and what was expected. */
export class ShapeError extends Error {
  override readonly name: string = "ShapeError";
}

/** Data are missing, damaged or not what they should be. The message names the file, what was found and what to do. */
export class DataError extends Error {
  override readonly name: string = "DataError";
}
