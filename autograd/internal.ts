/** The parts that compare/ and the tests use; no entry of the package. */

export { differentiableTwice } from "./differentiable.ts";
export { type GradientsOptions, gradients } from "./gradients.ts";
export { type OnceOnly, onceOnly } from "./once-differentiable.ts";
export type { AnyVjp } from "./tape.ts";
