/** NumPy's names as functions, for arrays and tensors. */
export type { Applies } from "../leader.ts";
export * from "./convolution.ts";
export * from "./elementwise.ts";
export * from "./indexing.ts";
export * from "./joining.ts";
export * from "./linear-algebra.ts";
export * from "./movement.ts";
export * from "./normalisation.ts";
export * from "./reductions.ts";
