import { bilinear } from "../formulas/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { normal } from "./inputs.ts";

/** Layers of two inputs, both of which have a gradient. */
export const twoInputCases: readonly Case[] = [
  {
    ...twins("Bilinear", (rng) => [3, 2, 4, { rng }]),
    what: "3 and 2 → 4",
    zeroSecondDerivatives: ["bias"],
    x: normal(5, 3),
    x2: normal(5, 2),
    precise: bilinear,
  },
  {
    ...twins("Bilinear", (rng) => [2, 3, 2, { rng, bias: false }]),
    what: "without bias",
    x: normal(4, 2),
    x2: normal(4, 3),
  },
  {
    ...twins("Bilinear", (rng) => [3, 3, 3, { rng }]),
    what: "3 and 3 → 3, batch of 3: inputs that are swapped keep all shapes",
    zeroSecondDerivatives: ["bias"],
    x: normal(3, 3),
    x2: normal(3, 3),
  },
  {
    ...twins("Bilinear", (rng) => [2, 3, 1, { rng }]),
    what: "one sample, one y",
    zeroSecondDerivatives: ["bias"],
    x: normal(1, 2),
    x2: normal(1, 3),
  },
];
