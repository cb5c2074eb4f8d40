import { array } from "../../np/index.ts";
import { weightedBinary } from "../formulas/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { binaryCrossEntropy, of, ofLarge, reductions } from "./formulas.ts";
import { around, large, multiples, normal, probabilities, signed } from "./inputs.ts";
import { hingeEmbedding } from "./loss-kinks.ts";

const logits = "t * log(1 + exp(-x)) + (1 - t) * log(1 + exp(x))";
const positive = (weight: number): string => `${weight} * t * log(1 + exp(-x)) + (1 - t) * log(1 + exp(x))`;

/** Column weights that are not the default and are exact in doubles. */
const columns = [0.5, 2, 3];
const ones = [1, 1, 1];

/** Losses for binary targets. */
export const binaryLossCases: readonly Case[] = [
  ...reductions.map(
    (reduction): Case => ({
      ...twins("BCEWithLogitsLoss", () => [{ reduction }]),
      what: reduction,
      inputs: { x: normal(4, 3), target: probabilities(4, 3) },
      witnesses: { formula: of(logits, reduction) },
    }),
  ),
  {
    ...twins("BCEWithLogitsLoss", () => []),
    what: "large logits, where exp overflows",
    inputs: { x: large(4, 3), target: probabilities(4, 3) },
    witnesses: { formula: ofLarge(logits, "mean") },
  },
  {
    ...twins("BCEWithLogitsLoss", () => []),
    what: "(N, T, D): sequences",
    inputs: { x: normal(2, 2, 3), target: probabilities(2, 2, 3) },
    witnesses: { formula: of(logits, "mean") },
  },
  {
    ...twins("BCEWithLogitsLoss", () => [{ weight: array([columns]) }]),
    what: "a weight for each column",
    inputs: { x: normal(4, 3), target: probabilities(4, 3) },
    witnesses: { precise: weightedBinary("logits", columns, ones, "mean") },
  },
  {
    ...twins("BCEWithLogitsLoss", () => [{ posWeight: array(columns), reduction: "sum" }]),
    what: "posWeight for each column",
    inputs: { x: normal(4, 3), target: probabilities(4, 3) },
    witnesses: { precise: weightedBinary("logits", ones, columns, "sum") },
  },
  {
    ...twins("BCEWithLogitsLoss", () => [{ posWeight: array(3), reduction: "none" }]),
    what: "posWeight 3 for all columns",
    inputs: { x: normal(4, 3), target: probabilities(4, 3) },
    witnesses: { formula: of(positive(3)) },
  },
  {
    ...twins("BCEWithLogitsLoss", () => [{ weight: array([[3]]), posWeight: array(columns) }]),
    what: "one weight, posWeight for each column, large logits",
    inputs: { x: large(4, 3), target: probabilities(4, 3) },
    witnesses: { precise: weightedBinary("logits", [3, 3, 3], columns, "mean") },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("BCELoss", () => [{ reduction }]),
      what: reduction,
      inputs: { x: probabilities(4, 3), target: probabilities(4, 3) },
      witnesses: { formula: { branches: binaryCrossEntropy, reduction } },
    }),
  ),
  {
    ...twins("BCELoss", () => []),
    what: "at its cuts, where the clamped logarithm has the gradient 0",
    inputs: {
      x: (rng) => rng.choice(3, 12).reshape(4, 3).div(2).astype("float64"),
      target: probabilities(4, 3),
    },
    witnesses: {
      formula: { branches: binaryCrossEntropy, reduction: "mean" },
      noDifferences: "they would step outside 0 … 1",
    },
  },
  {
    ...twins("BCELoss", () => []),
    what: "(N, T, D): sequences",
    inputs: { x: probabilities(2, 2, 3), target: probabilities(2, 2, 3) },
    witnesses: { formula: { branches: binaryCrossEntropy, reduction: "mean" } },
  },
  {
    ...twins("BCELoss", () => [{ weight: array([columns]) }]),
    what: "a weight for each column, the mean over the number of elements",
    inputs: { x: probabilities(4, 3), target: probabilities(4, 3) },
    witnesses: { precise: weightedBinary("probabilities", columns, ones, "mean") },
  },
  {
    ...twins("BCELoss", () => [{ weight: array(columns), reduction: "none" }]),
    what: "a weight for each column, none",
    inputs: { x: probabilities(4, 3), target: probabilities(4, 3) },
    witnesses: { precise: weightedBinary("probabilities", columns, ones, "none") },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("HingeEmbeddingLoss", () => [{ reduction }]),
      what: `${reduction}, distances on both sides of the margin`,
      inputs: { x: around(1, 3, 4), target: signed(3, 4) },
      expects: { zeroSecondDerivatives: ["x"] },
      witnesses: { formula: { branches: hingeEmbedding(1), reduction } },
    }),
  ),
  {
    ...twins("HingeEmbeddingLoss", () => [{ margin: 0.5 }]),
    what: "margin 0.5",
    inputs: { x: around(0.5, 3, 4), target: signed(3, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: { branches: hingeEmbedding(0.5), reduction: "mean" } },
  },
  {
    ...twins("HingeEmbeddingLoss", () => [{ margin: 2, reduction: "none" }]),
    what: "at its kink, x = margin, where dx is −1 by convention",
    inputs: { x: multiples(2, 3, 4), target: signed(3, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: { branches: hingeEmbedding(2) } },
  },
];
