import { type Case, twins } from "./case.ts";
import { of } from "./formulas.ts";
import { normal } from "./inputs.ts";
import { evaluating } from "./parameters.ts";

const oneMask: string = "the mask of this forward again, with its factor 1 / (1 − p): dx = dy ⊙ mask";
const protocol: string =
  "the mask comes from a stream of its own, this.rng = rng.spawn(), and keeps where this.rng.uniform(0, 1, x.shape) >= p";
const inEvaluation: string = "in evaluation nothing is dropped or scaled: y = x";

/** Dropout: the same masks on both sides and in every difference, since the harness restarts the generators. */
export const dropoutCases: readonly Case[] = [
  {
    ...twins("Dropout", (rng) => [0.5, { rng }]),
    what: "p 0.5",
    zeroSecondDerivatives: ["x"],
    rule: oneMask,
    protocol,
    x: normal(4, 5),
  },
  {
    ...twins("Dropout", (rng) => [0.25, { rng }]),
    what: "p 0.25, images",
    zeroSecondDerivatives: ["x"],
    rule: oneMask,
    protocol,
    x: normal(2, 2, 3, 3),
  },
  {
    ...twins("Dropout", (rng) => [0, { rng }]),
    what: "p 0, everything is kept",
    zeroSecondDerivatives: ["x"],
    protocol,
    x: normal(3, 4),
    formula: of("x"),
  },
  {
    ...twins("Dropout", (rng) => [1, { rng }]),
    what: "p 1, nothing is kept",
    zeroSecondDerivatives: ["x", "dy"],
    protocol: "for p = 1 the factor 1 / (1 − p) is infinite, and 0 · Infinity is NaN: y = 0",
    zero: "y is 0, whatever x is",
    x: normal(3, 4),
  },
  {
    ...evaluating(
      twins("Dropout", (rng) => [0.5, { rng }]),
      normal(3, 4),
    ),
    what: "in evaluation",
    zeroSecondDerivatives: ["x"],
    protocol: inEvaluation,
    x: normal(3, 4),
    formula: of("x"),
  },
  {
    ...twins("Dropout2d", (rng) => [0.5, { rng }]),
    what: "p 0.5, whole channels",
    zeroSecondDerivatives: ["x"],
    rule: oneMask,
    protocol: protocol.replace("x.shape", "[N, C, 1, 1]"),
    x: normal(3, 4, 2, 2),
  },
  {
    ...twins("Dropout2d", (rng) => [0.2, { rng }]),
    what: "p 0.2",
    zeroSecondDerivatives: ["x"],
    rule: oneMask,
    protocol: protocol.replace("x.shape", "[N, C, 1, 1]"),
    x: normal(2, 3, 3, 2),
  },
  {
    ...evaluating(
      twins("Dropout2d", (rng) => [0.5, { rng }]),
      normal(2, 2, 2, 2),
    ),
    what: "in evaluation",
    zeroSecondDerivatives: ["x"],
    protocol: inEvaluation,
    x: normal(2, 2, 2, 2),
    formula: of("x"),
  },
];
