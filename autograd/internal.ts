/** Parts for compare/ and the tests; not a public entry of the package. */

export { differentiableTwice } from "./differentiable.ts";
export { slotOf } from "./gradient-slot.ts";
export { gradients } from "./gradients.ts";
export { onceOnly } from "./once-differentiable.ts";
export { stepBack } from "./step-back.ts";
export { reachable } from "./tape.ts";
