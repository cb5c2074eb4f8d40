import { bilinear } from "../formulas/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { normal } from "./inputs.ts";

/** Layers with two inputs that both have a gradient. */
export const twoInputCases: readonly Case[] = [
  {
    ...twins("Bilinear", (rng) => [3, 2, 4, { rng }]),
    what: "3 and 2 → 4",
    inputs: { x: normal(5, 3), x2: normal(5, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
    witnesses: { precise: bilinear },
  },
  {
    ...twins("Bilinear", (rng) => [2, 3, 2, { rng, bias: false }]),
    what: "without bias",
    inputs: { x: normal(4, 2), x2: normal(4, 3) },
  },
  {
    ...twins("Bilinear", (rng) => [3, 3, 3, { rng }]),
    what: "3 and 3 → 3, batch of 3: swapped inputs keep all shapes",
    inputs: { x: normal(3, 3), x2: normal(3, 3) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Bilinear", (rng) => [2, 3, 1, { rng }]),
    what: "one sample, one y",
    inputs: { x: normal(1, 2), x2: normal(1, 3) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
];
