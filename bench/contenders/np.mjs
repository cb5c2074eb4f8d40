import { ours } from "./ours.mjs";

/** Our arrays without gradients. */
export const np = (engine) => ours("np", engine, { side: "np" }, ["overhead", "gemm"]);
