import { ours } from "./ours.mjs";

/** Backward passes by hand. */
export const chalk = (engine) => ours("chalk", engine, { side: "manual" }, ["step", "memory"]);
