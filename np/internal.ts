/** np's plumbing and the tape's fused primitives; not exported from the package. */

export { update } from "./apply-update.ts";
export { floating, isFloat, promote } from "./dtype.ts";
export { type BlasLibrary, findBlas, type Koffi } from "./engines/blas/index.ts";
export { blasCrewOptions } from "./engines/blas/machine.ts";
export { Control } from "./engines/crew/control.ts";
export { type CrewOptions, withCrew } from "./engines/crew/index.ts";
export * from "./fused-functions.ts";
export { type Kernels, kernels } from "./kernels/index.ts";
export { nearestName } from "./nearest-name.ts";
export { reducedShape } from "./shape.ts";
export type { UpdateName, UpdateSignatures, Updates } from "./update-signatures.ts";
export { positionsOf, seenAt } from "./window.ts";
export { type Columns, type WindowGeometry, windowGeometry } from "./window-geometry.ts";
export { yieldToEventLoop } from "./yield-to-event-loop.ts";
