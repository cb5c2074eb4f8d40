/** Data-parallel training: one network, several processes, each with its part of every batch. */

export type { Ranks } from "../training/index.ts";
export { averageGradients, type Part } from "./average-gradients.ts";
export { distributed } from "./distributed.ts";
export type { ProcessRanks } from "./process-ranks.ts";
