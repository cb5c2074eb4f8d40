import type { NDArray } from "../../np/index.ts";
import type { Cause } from "./evidence.ts";
import type { Factor } from "./factors.ts";

/** The data of every matcher besides the evidence. */
export interface Measure {
  readonly tolerance: number;
  readonly factors: readonly Factor[];
}

/** What a wrong gradient looks like, and what to write instead. */
export interface Look {
  readonly cause: Cause;
  readonly what: string;
  readonly cure: string;
}

/** A formula for a wrong gradient: its value, and the look of a gradient that equals it. */
export interface Slip extends Look {
  readonly value: () => NDArray;
}
