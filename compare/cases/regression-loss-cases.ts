import { type Case, twins } from "./case.ts";
import { of, reductions } from "./formulas.ts";
import { aroundRamp, multiples, normal, nothing, ramp } from "./inputs.ts";
import { absoluteError, huber, smoothL1 } from "./loss-kinks.ts";

/** Losses of the error x − t. */
export const regressionLossCases: readonly Case[] = [
  ...reductions.map(
    (reduction): Case => ({
      ...twins("MSELoss", () => [{ reduction }]),
      what: reduction,
      inputs: { x: normal(4, 3), target: normal(4, 3) },
      witnesses: { formula: of("(x - t) ^ 2", reduction) },
    }),
  ),
  {
    ...twins("MSELoss", () => []),
    what: "(N, T, D): sequences",
    inputs: { x: normal(2, 3, 2), target: normal(2, 3, 2) },
    witnesses: { formula: of("(x - t) ^ 2", "mean") },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("L1Loss", () => [{ reduction }]),
      what: reduction,
      inputs: { x: normal(4, 3), target: normal(4, 3) },
      expects: { zeroSecondDerivatives: ["x"] },
      witnesses: { formula: { branches: absoluteError, reduction } },
    }),
  ),
  {
    ...twins("L1Loss", () => [{ reduction: "none" }]),
    what: "at its kink, x = t, where dx is 0 by convention",
    inputs: { x: multiples(1, 4, 3), target: nothing(4, 3) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: { branches: absoluteError } },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("SmoothL1Loss", () => [{ reduction }]),
      what: `${reduction}, errors on both sides of beta`,
      inputs: { x: aroundRamp(1, 4, 3), target: () => ramp(4, 3) },
      witnesses: { formula: { branches: smoothL1(1), reduction } },
    }),
  ),
  {
    ...twins("SmoothL1Loss", () => [{ beta: 0.25 }]),
    what: "beta 0.25",
    inputs: { x: aroundRamp(0.25, 4, 3), target: () => ramp(4, 3) },
    witnesses: { formula: { branches: smoothL1(0.25), reduction: "mean" } },
  },
  {
    ...twins("SmoothL1Loss", () => [{ beta: 0 }]),
    what: "beta 0, which is L1Loss",
    inputs: { x: normal(4, 3), target: normal(4, 3) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: { branches: absoluteError, reduction: "mean" } },
  },
  {
    ...twins("SmoothL1Loss", () => [{ beta: 2, reduction: "none" }]),
    what: "at beta and at 0, where square and line meet with one slope",
    inputs: { x: multiples(2, 4, 3), target: nothing(4, 3) },
    witnesses: { formula: { branches: smoothL1(2) } },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("HuberLoss", () => [{ reduction }]),
      what: `${reduction}, errors on both sides of delta`,
      inputs: { x: aroundRamp(1, 4, 3), target: () => ramp(4, 3) },
      witnesses: { formula: { branches: huber(1), reduction } },
    }),
  ),
  {
    ...twins("HuberLoss", () => [{ delta: 0.25 }]),
    what: "delta 0.25",
    inputs: { x: aroundRamp(0.25, 4, 3), target: () => ramp(4, 3) },
    witnesses: { formula: { branches: huber(0.25), reduction: "mean" } },
  },
  {
    ...twins("HuberLoss", () => [{ delta: 2, reduction: "none" }]),
    what: "at delta and at 0, where square and line meet with one slope",
    inputs: { x: multiples(2, 4, 3), target: nothing(4, 3) },
    witnesses: { formula: { branches: huber(2) } },
  },
];
