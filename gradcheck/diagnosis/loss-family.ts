import type { NDArray } from "../../np/index.ts";
import type { Slip } from "./look.ts";

/** A right dx up to a factor in each row, and the slips that are made of it. */
export interface LossFamily {
  readonly text: string;
  readonly right: NDArray;
  readonly slips: readonly Slip[];
}
