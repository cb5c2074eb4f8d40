/**
 * The NumPy that both sides use: arrays, their functions, seeded random numbers. It knows nothing
 * about gradients.
 */

export { e, inf, nan, pi } from "./constants.ts";
export {
  type ArrayOptions,
  arange,
  array,
  type EyeOptions,
  eye,
  full,
  fullLike,
  linspace,
  type NestedArrays,
  oneHot,
  ones,
  onesLike,
  zeros,
  zerosLike,
} from "./creation.ts";
export { engine, useEngine } from "./current-engine.ts";
export type { DType, TypedArray } from "./dtype.ts";
export type { Engine } from "./engine.ts";
export { type EngineName, type EngineReport, engineNames, engineReports } from "./engines/choose.ts";
export { DataError, ShapeError } from "./errors.ts";
export * from "./functions/index.ts";
export type { RandomState } from "./generator.ts";
export * as linalg from "./linalg/index.ts";
export { NDArray, type Nested, type Storage } from "./ndarray.ts";
export { Operators } from "./operators.ts";
export { getPrintOptions, type PrintOptions, setPrintOptions } from "./print/options.ts";
export { broadcastShapes, formatShape, normalizeAxes, sameShape, sizeOf } from "./public-shapes.ts";
export {
  type ChoiceOptions,
  type IntegersOptions,
  manualSeed,
  Random,
  type RandomOptions,
  random,
  type Size,
} from "./random.ts";
export type { Axis } from "./shape.ts";
export type {
  ConstantName,
  ConstantSignatures,
  Index,
  OpName,
  PadWidths,
  Range,
  Signatures,
} from "./signatures.ts";
export type { PaddingMode, Pair, Window } from "./window.ts";
