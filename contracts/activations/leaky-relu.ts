import { type Contract, finite } from "../../np/internal.ts";

export const LeakyReLU: Contract<{ negativeSlope?: number }, object> = {
  name: "LeakyReLU",
  positional: { negativeSlope: finite(0.01) },
  options: {},
};
