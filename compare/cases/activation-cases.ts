import { type Case, twins } from "./case.ts";
import { of, ofLarge, relu } from "./formulas.ts";
import { awayFromZero, large, normal, signs } from "./inputs.ts";

/** Activations, at and away from their kinks. */
export const activationCases: readonly Case[] = [
  {
    ...twins("ReLU", () => []),
    what: "away from its kink",
    inputs: { x: awayFromZero(4, 5) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: relu },
  },
  {
    ...twins("ReLU", () => []),
    what: "at its kink, where dx is 0 by agreement",
    inputs: { x: signs(4, 5, [1, 0, -1], (rng, count) => rng.choice(3, count).sub(1)) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: relu },
  },
  {
    ...twins("Sigmoid", () => []),
    what: "4 × 5",
    inputs: { x: normal(4, 5) },
    witnesses: { formula: of("1 / (1 + exp(-x))") },
  },
  {
    ...twins("Sigmoid", () => []),
    what: "large x, where exp overflows",
    inputs: { x: large(4, 3) },
    witnesses: { formula: ofLarge("1 / (1 + exp(-x))") },
  },
  {
    ...twins("Tanh", () => []),
    what: "4 × 5",
    inputs: { x: normal(4, 5) },
    witnesses: { formula: of("tanh(x)") },
  },
  {
    ...twins("Tanh", () => []),
    what: "large x, where exp overflows",
    inputs: { x: large(4, 3) },
    witnesses: { formula: ofLarge("tanh(x)") },
  },
];
