import { type Contract, finite } from "../../np/internal.ts";

export interface HardtanhOptions {
  /** The largest y; default 1. */
  readonly maxVal?: number;
}

export const Hardtanh: Contract<{ minVal?: number }, HardtanhOptions> = {
  name: "Hardtanh",
  positional: { minVal: finite(-1) },
  options: { maxVal: finite(1) },
  refuse: ({ minVal, maxVal }) =>
    maxVal > minVal ? null : `maxVal is ${maxVal}, expected a number > minVal = ${minVal}`,
};
