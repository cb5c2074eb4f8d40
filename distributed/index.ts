/** Data-parallel training: one network, several processes, each with its part of every batch. */

export type { Ranks } from "../training/index.ts";
