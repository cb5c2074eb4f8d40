/** Parts for compare/ and the tests; not a public entry of the package. */

export { differentiableTwice } from "./differentiable.ts";
export { type GradientsOptions, gradients } from "./gradients.ts";
export { type OnceOnly, onceOnly } from "./once-differentiable.ts";
export type { AnyVjp } from "./tape.ts";
