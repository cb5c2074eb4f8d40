import { oneHot } from "../../np/index.ts";
import { softmaxCrossEntropy } from "../paper/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { classes, distributions, large, normal, probabilities, shifted } from "./draws.ts";
import { binaryCrossEntropy, of, ofLarge, reductions, softmaxRule } from "./formulas.ts";

/** Losses, in every reduction. */
export const lossCases: readonly Case[] = [
  ...reductions.map(
    (reduction): Case => ({
      ...twins("MSELoss", () => [{ reduction }]),
      what: reduction,
      x: normal(4, 3),
      target: normal(4, 3),
      formula: of("(x - t) ^ 2", reduction),
    }),
  ),
  ...reductions.map(
    (reduction): Case => ({
      ...twins("BCEWithLogitsLoss", () => [{ reduction }]),
      what: reduction,
      x: normal(4, 3),
      target: probabilities(4, 3),
      formula: of("log(1 + exp(x)) - t * x", reduction),
    }),
  ),
  {
    ...twins("BCEWithLogitsLoss", () => []),
    what: "large logits, of which exp overflows",
    x: large(4, 3),
    target: probabilities(4, 3),
    formula: ofLarge("log(1 + exp(x)) - t * x", "mean"),
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("BCELoss", () => [{ reduction }]),
      what: reduction,
      x: probabilities(4, 3),
      target: probabilities(4, 3),
      formula: { branches: binaryCrossEntropy, reduction },
    }),
  ),
  {
    ...twins("BCELoss", () => []),
    what: "at its cuts, where a logarithm of 0 passes 0",
    x: (rng) => rng.choice(3, 12).reshape(4, 3).div(2).astype("float64"),
    target: probabilities(4, 3),
    noDifferences: "they would step outside 0 … 1",
    formula: { branches: binaryCrossEntropy, reduction: "mean" },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("CrossEntropyLoss", () => [{ reduction }]),
      rule: softmaxRule,
      what: `class indices, ${reduction}`,
      x: normal(5, 4),
      target: classes(5, 4),
      ...(reduction === "mean" && { precise: softmaxCrossEntropy }),
    }),
  ),
  ...reductions.map(
    (reduction): Case => ({
      ...twins("CrossEntropyLoss", () => [{ reduction }]),
      rule: softmaxRule,
      what: `probabilities, ${reduction}`,
      x: normal(5, 4),
      target: distributions(5, 4),
    }),
  ),
  {
    ...twins("CrossEntropyLoss", () => []),
    what: "large logits, of which exp overflows",
    rule: `${softmaxRule}; subtract the row's largest logit before exp`,
    x: shifted(5, 4),
    target: classes(5, 4),
  },
  {
    ...twins("CrossEntropyLoss", () => []),
    what: "one-hot rows as floats",
    rule: softmaxRule,
    x: normal(5, 4),
    target: (rng) => oneHot(rng.choice(4, 5), 4, { dtype: "float64" }),
  },
  {
    ...twins("CrossEntropyLoss", () => []),
    what: "rows that do not sum to 1",
    rule: "the softmax is multiplied by the sum of its row of targets: softmax(x) − target is right only where that is 1",
    x: normal(5, 4),
    target: probabilities(5, 4),
  },
];
