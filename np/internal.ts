/** np's plumbing and the tape's fused primitives; not exported from the package. */

export { update } from "./apply-update.ts";
export {
  type AnyArgument,
  type Argument,
  type ArgumentType,
  type Bounds,
  type Option,
  optional,
  orNull,
  orWord,
  type Required,
  refusal,
  withoutDefault,
} from "./arguments/argument.ts";
export { ndarray, rng, shape, stream } from "./arguments/array-kinds.ts";
export {
  type AnyContract,
  type Contract,
  expectArgument,
  expectOptions,
  type None,
  type Options,
  type OptionTable,
  type Positional,
  type Settled,
  settle,
  settleOptions,
} from "./arguments/contract.ts";
export { describe, isClass } from "./arguments/describe.ts";
export { didYouMean, nearestName, unknownName } from "./arguments/did-you-mean.ts";
export { dtypeOption } from "./arguments/dtype-option.ts";
export {
  argument,
  atLeastZero,
  boolean,
  count,
  finite,
  flag,
  floatType,
  integer,
  listOf,
  number,
  oneOf,
  share,
} from "./arguments/kinds.ts";
export { anyNumber, functionOf, having, listWith, objectWith, text } from "./arguments/object-kinds.ts";
export { entriesOf, type Held, held, lookUp, place } from "./containers.ts";
export { onReferenceEngine } from "./current-engine.ts";
export { floating, isFloat, promote } from "./dtype.ts";
export { findBlas, type Koffi } from "./engines/blas/index.ts";
export { blasCrewOptions } from "./engines/blas/machine.ts";
export { engineWanted } from "./engines/choose.ts";
export { Control } from "./engines/crew/control.ts";
export { type CrewOptions, withCrew } from "./engines/crew/index.ts";
export { canStartThread, type ThreadCount, threads } from "./engines/threads.ts";
export * from "./fused-functions.ts";
export { type Kernels, kernels } from "./kernels/index.ts";
export { markCopy, twoCopies } from "./package-copy.ts";
export { printsItsText } from "./print/conversions.ts";
export { exact, positional, rounded } from "./print/decimal.ts";
export { elementsShown, placesShown } from "./print/elements.ts";
export { significant } from "./print/significant.ts";
export { agreeOnSeed, freshSeed } from "./random.ts";
export { normalizeAxis, reducedShape, resolveShape, unravelIndex } from "./shape.ts";
export type { UpdateName, UpdateSignatures, Updates } from "./update-signatures.ts";
export { positionsOf, seenAt } from "./window.ts";
export { windowGeometry } from "./window-geometry.ts";
export { yieldToEventLoop } from "./yield-to-event-loop.ts";
