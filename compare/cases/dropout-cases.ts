import { type Case, twins } from "./case.ts";
import { of } from "./formulas.ts";
import { normal } from "./inputs.ts";
import { evaluating } from "./parameters.ts";

const oneMask: string = "reuse the mask of this forward, including its factor 1 / (1 − p): dx = dy ⊙ mask";
const protocol: string =
  "the mask comes from its own stream, this.rng = rng.spawn(), and keeps the elements with this.rng.uniform(0, 1, x.shape) >= p";
const inEvaluation: string = "in evaluation nothing is dropped or scaled: y = x";

/** Dropout. Both sides and all finite differences use the same masks, because the check restarts the generators. */
export const dropoutCases: readonly Case[] = [
  {
    ...twins("Dropout", (rng) => [0.5, { rng }]),
    what: "p 0.5",
    basic: true,
    inputs: { x: normal(4, 5) },
    expects: { zeroSecondDerivatives: ["x"], mask: { keep: 0.5 } },
    hints: { forward: protocol, dx: oneMask },
  },
  {
    ...twins("Dropout", (rng) => [0.25, { rng }]),
    what: "p 0.25, images",
    inputs: { x: normal(2, 2, 3, 3) },
    expects: { zeroSecondDerivatives: ["x"], mask: { keep: 0.75 } },
    hints: { forward: protocol, dx: oneMask },
  },
  {
    ...twins("Dropout", (rng) => [0, { rng }]),
    what: "p 0, keeps everything",
    inputs: { x: normal(3, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: of("x") },
    hints: { forward: protocol },
  },
  {
    ...twins("Dropout", (rng) => [1, { rng }]),
    what: "p 1, keeps nothing",
    inputs: { x: normal(3, 4) },
    expects: { zeroGradients: "y is 0 for every x", zeroSecondDerivatives: ["x", "dy"] },
    hints: { forward: "for p = 1 the factor 1 / (1 − p) is infinite, and 0 · Infinity is NaN: y = 0" },
  },
  {
    ...evaluating(
      twins("Dropout", (rng) => [0.5, { rng }]),
      normal(3, 4),
    ),
    what: "in evaluation",
    basic: true,
    inputs: { x: normal(3, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: of("x") },
    hints: { forward: inEvaluation },
  },
  {
    ...twins("Dropout2d", (rng) => [0.5, { rng }]),
    what: "p 0.5, whole channels",
    basic: true,
    inputs: { x: normal(3, 4, 2, 2) },
    expects: { zeroSecondDerivatives: ["x"], mask: { keep: 0.5, channels: true } },
    hints: { forward: protocol.replace("x.shape", "[N, C, 1, 1]"), dx: oneMask },
  },
  {
    ...twins("Dropout2d", (rng) => [0.2, { rng }]),
    what: "p 0.2",
    inputs: { x: normal(2, 3, 3, 2) },
    expects: { zeroSecondDerivatives: ["x"], mask: { keep: 0.8, channels: true } },
    hints: { forward: protocol.replace("x.shape", "[N, C, 1, 1]"), dx: oneMask },
  },
  {
    ...evaluating(
      twins("Dropout2d", (rng) => [0.5, { rng }]),
      normal(2, 2, 2, 2),
    ),
    what: "in evaluation",
    basic: true,
    inputs: { x: normal(2, 2, 2, 2) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: of("x") },
    hints: { forward: inEvaluation },
  },
];
