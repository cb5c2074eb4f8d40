import { array, concatenate } from "../../np/index.ts";
import { batchmeanDivergence, cosineEmbedding } from "../formulas/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { of, reductions } from "./formulas.ts";
import {
  classes,
  classesAfter,
  distributions,
  factors,
  halfNegative,
  logDistributions,
  multiples,
  normal,
  normalOf,
  probabilities,
} from "./inputs.ts";

/** The loss of each element with t ≠ 0. */
const divergence = "t * log(t) - t * x";

/** Losses that compare two distributions, scores with a margin, or the directions of two vectors. */
export const metricLossCases: readonly Case[] = [
  ...reductions.map(
    (reduction): Case => ({
      ...twins("KLDivLoss", () => [{ reduction }]),
      what: reduction,
      inputs: { x: logDistributions(4, 3), target: distributions(4, 3) },
      expects: { zeroSecondDerivatives: ["x"] },
      witnesses: { formula: of(divergence, reduction) },
    }),
  ),
  {
    ...twins("KLDivLoss", () => [{ reduction: "batchmean" }]),
    what: "batchmean",
    inputs: { x: logDistributions(4, 3), target: distributions(4, 3) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { precise: batchmeanDivergence },
    hints: { dx: "batchmean divides by the number of rows, mean by the number of elements" },
  },
  {
    ...twins("KLDivLoss", () => [{ logTarget: true }]),
    what: "logTarget",
    inputs: { x: logDistributions(4, 3), target: logDistributions(4, 3) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: of("exp(t) * (t - x)", "mean") },
  },
  {
    ...twins("KLDivLoss", () => [{ reduction: "none" }]),
    what: "some targets are 0",
    inputs: { x: logDistributions(4, 3), target: (rng) => rng.uniform(0, 1, [4, 3]).mul(array([1, 0, 1])) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: { branches: [{ where: "t == 0", y: "0 * x" }, { y: divergence }] } },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("MultiMarginLoss", () => [{ reduction }]),
      what: reduction,
      inputs: { x: normal(5, 4), target: classes(5, 4) },
      expects: { zeroSecondDerivatives: ["x"] },
    }),
  ),
  {
    ...twins("MultiMarginLoss", () => [{ margin: 0.3 }]),
    what: "margin 0.3",
    inputs: { x: normal(5, 4), target: classes(5, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("MultiMarginLoss", () => [{ p: 2 }]),
    what: "p 2",
    inputs: { x: normal(5, 4), target: classes(5, 4) },
  },
  {
    ...twins("MultiMarginLoss", (rng) => [{ weight: factors(rng, 4) }]),
    what: "a weight for each class: the mean divides by N",
    inputs: { x: normal(5, 4), target: classes(5, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("MultiMarginLoss", (rng) => [{ p: 2, margin: 2, weight: factors(rng, 4), reduction: "none" }]),
    what: "p 2, margin 2 and weights, none",
    inputs: { x: normalOf(2, 5, 4), target: classes(5, 4) },
  },
  {
    ...twins("MultiMarginLoss", () => [{ margin: 2, reduction: "none" }]),
    what: "at its kink, a margin that is just kept, where the gradient is 0 by convention",
    inputs: { x: multiples(2, 5, 4), target: classesAfter(0, 5, 3) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("CosineEmbeddingLoss", () => [{ reduction }]),
      what: reduction,
      inputs: { x: probabilities(4, 3), x2: halfNegative(4, 3), target: () => array([1, -1, -1, 1]) },
    }),
  ),
  {
    ...twins("CosineEmbeddingLoss", () => [{ margin: -0.5 }]),
    what: "margin −0.5, rows of any length",
    inputs: { x: normalOf(10, 4, 3), x2: normalOf(0.1, 4, 3), target: () => array([1, -1, -1, -1]) },
    witnesses: { precise: cosineEmbedding("-0.5") },
  },
  {
    ...twins("CosineEmbeddingLoss", () => [{ reduction: "none" }]),
    what: "at its kink, orthogonal rows and margin 0, where different rows are pushed apart by convention",
    inputs: {
      x: (rng) => concatenate([array([[1, 0]]), rng.normal(0, 1, [2, 2])]),
      x2: (rng) => concatenate([array([[0, 2]]), rng.normal(0, 1, [2, 2])]),
      target: () => array([-1, 1, -1]),
    },
  },
];
