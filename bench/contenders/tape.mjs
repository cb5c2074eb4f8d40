import { ours } from "./ours.mjs";

/** Backward passes by the tape. */
export const tape = (engine) => ours("tape", engine, { side: "autograd" }, ["step", "memory", "overhead"]);
