/** The NumPy that both sides stand on: arrays, their functions, seeded random numbers. It knows nothing of gradients. */

export { update } from "./apply-update.ts";
export {
  type ArrayOptions,
  arange,
  array,
  eye,
  full,
  linspace,
  oneHot,
  ones,
  zeros,
  zerosLike,
} from "./creation.ts";
export { type DType, floating, isFloat, promote, type TypedArray } from "./dtype.ts";
export { type Engine, engine, useEngine } from "./engine.ts";
export { type BlasLibrary, findBlas, type Koffi } from "./engines/blas/index.ts";
export { blasMeans } from "./engines/blas/machine.ts";
export {
  type EngineName,
  type EngineReport,
  engineNames,
  engineReports,
} from "./engines/choose.ts";
export { Control } from "./engines/crew/control.ts";
export { type Means, withCrew } from "./engines/crew/index.ts";
export { DataError, ShapeError } from "./errors.ts";
export * from "./functions.ts";
export type { RandomState } from "./generator.ts";
export { type Kernels, kernels } from "./kernels/index.ts";
export { NDArray, type Nested, type Storage } from "./ndarray.ts";
export { nearestName } from "./nearest-name.ts";
export { Operators } from "./operators.ts";
export { Random, type RandomOptions, random } from "./random.ts";
export {
  type Axis,
  broadcastShapes,
  formatShape,
  normalizeAxes,
  reducedShape,
  sameShape,
  sizeOf,
} from "./shape.ts";
export type { ConstantName, ConstantSignatures, OpName, PadWidths, Range, Signatures } from "./signatures.ts";
export type { UpdateName, UpdateSignatures, Updates } from "./update-signatures.ts";
export { type PaddingMode, type Pair, positionsOf, type Window } from "./window.ts";
export { type Columns, type Slide, slideOf } from "./window-geometry.ts";
export { breathe } from "./yield-to-event-loop.ts";
