import { type Contract, finite, type None } from "../../np/internal.ts";

export const LeakyReLU: Contract<{ negativeSlope?: number }, None> = {
  name: "LeakyReLU",
  positional: { negativeSlope: finite(0.01) },
  options: {},
};
