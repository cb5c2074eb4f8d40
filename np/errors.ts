/** The shapes of arrays do not fit together. The message says where, what was given and what was expected. */
export class ShapeError extends Error {
  override readonly name: string = "ShapeError";
}
