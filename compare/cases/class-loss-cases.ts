import { oneHot } from "../../np/index.ts";
import { softmaxCrossEntropy } from "../formulas/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { reductions, softmaxRule } from "./formulas.ts";
import {
  classes,
  classesAfter,
  distributions,
  factors,
  logDistributions,
  normal,
  probabilities,
  shifted,
} from "./inputs.ts";

/** The right dx if a mean divides by the weights of the rows that count. */
const weightedRule =
  "with weights t = weight[target] · one-hot(target), and a mean divides by the sum of weight[target] over the rows that count, not by N";
const smoothedRule =
  "with label smoothing ε the target is (1 − ε) · one-hot(target) + ε / C, the target's own class included in the second term";

const crossEntropy = { inputs: { x: normal(5, 4), target: classes(5, 4) }, hints: { dx: softmaxRule } };

/** Softmax and cross-entropy. */
export const classLossCases: readonly Case[] = [
  ...reductions.map(
    (reduction): Case => ({
      ...twins("CrossEntropyLoss", () => [{ reduction }]),
      ...crossEntropy,
      what: `class indices, ${reduction}`,
      ...(reduction === "mean" && { witnesses: { precise: softmaxCrossEntropy } }),
    }),
  ),
  ...reductions.map(
    (reduction): Case => ({
      ...twins("CrossEntropyLoss", () => [{ reduction }]),
      ...crossEntropy,
      what: `probabilities, ${reduction}`,
      inputs: { x: normal(5, 4), target: distributions(5, 4) },
    }),
  ),
  {
    ...twins("CrossEntropyLoss", () => []),
    what: "large logits, where exp overflows",
    inputs: { x: shifted(5, 4), target: classes(5, 4) },
    hints: { dx: `${softmaxRule}; subtract the row's largest logit before exp` },
  },
  {
    ...twins("CrossEntropyLoss", () => []),
    ...crossEntropy,
    what: "one-hot rows as floats",
    inputs: { x: normal(5, 4), target: (rng) => oneHot(rng.choice(4, 5), 4, { dtype: "float64" }) },
  },
  {
    ...twins("CrossEntropyLoss", () => []),
    what: "rows that do not sum to 1",
    inputs: { x: normal(5, 4), target: probabilities(5, 4) },
    hints: {
      dx: "the softmax is multiplied by the sum of its row of targets: softmax(x) − target is right only if that sum is 1",
    },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("CrossEntropyLoss", (rng) => [{ reduction, weight: factors(rng, 4) }]),
      ...crossEntropy,
      what: `a weight for each class, ${reduction}`,
      hints: { dx: weightedRule },
    }),
  ),
  {
    ...twins("CrossEntropyLoss", (rng) => [{ weight: factors(rng, 4) }]),
    what: "a weight for each class, probabilities: the mean divides by N",
    inputs: { x: normal(5, 4), target: distributions(5, 4) },
    hints: { dx: "with probabilities a mean divides by N, with or without weights" },
  },
  {
    ...twins("CrossEntropyLoss", () => []),
    what: "ignored rows",
    inputs: { x: normal(5, 4), target: classesAfter(-100, 5, 4) },
    hints: { dx: "an ignored row has dx = 0, and the mean does not count it" },
  },
  {
    ...twins("CrossEntropyLoss", (rng) => [{ weight: factors(rng, 4), ignoreIndex: 2, reduction: "none" }]),
    what: "ignoreIndex 2 and weights, none",
    inputs: { x: normal(5, 4), target: classesAfter(2, 5, 4) },
    hints: { dx: weightedRule },
  },
  {
    ...twins("CrossEntropyLoss", () => [{ labelSmoothing: 0.1 }]),
    ...crossEntropy,
    what: "labelSmoothing 0.1",
    hints: { dx: smoothedRule },
  },
  {
    ...twins("CrossEntropyLoss", (rng) => [{ labelSmoothing: 0.3, weight: factors(rng, 4) }]),
    what: "labelSmoothing, weights and ignored rows",
    inputs: { x: normal(5, 4), target: classesAfter(-100, 5, 4) },
    hints: { dx: `${smoothedRule}; ${weightedRule}` },
  },
  {
    ...twins("CrossEntropyLoss", () => [{ labelSmoothing: 0.3, reduction: "sum" }]),
    what: "labelSmoothing of probabilities",
    inputs: { x: normal(5, 4), target: distributions(5, 4) },
    hints: { dx: smoothedRule },
  },
  {
    ...twins("CrossEntropyLoss", (rng) => [{ weight: factors(rng, 3), labelSmoothing: 0.1 }]),
    what: "(N, C, d): an index for every pixel",
    inputs: { x: normal(2, 3, 4), target: (rng) => rng.choice(3, 8).reshape(2, 4) },
    hints: { dx: `${softmaxRule}; here each pixel is a row` },
  },
  {
    ...twins("CrossEntropyLoss", () => [{ reduction: "none" }]),
    what: "(N, C, d): probabilities of every pixel, none",
    inputs: { x: normal(2, 3, 4), target: probabilities(2, 3, 4) },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("NLLLoss", () => [{ reduction }]),
      what: reduction,
      inputs: { x: logDistributions(5, 4), target: classes(5, 4) },
      expects: { zeroSecondDerivatives: ["x"] },
    }),
  ),
  {
    ...twins("NLLLoss", (rng) => [{ weight: factors(rng, 4) }]),
    what: "a weight for each class",
    inputs: { x: logDistributions(5, 4), target: classes(5, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
    hints: { dx: weightedRule },
  },
  {
    ...twins("NLLLoss", (rng) => [{ weight: factors(rng, 4), ignoreIndex: 2 }]),
    what: "ignoreIndex 2 and weights",
    inputs: { x: logDistributions(5, 4), target: classesAfter(2, 5, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
    hints: { dx: weightedRule },
  },
  {
    ...twins("NLLLoss", () => []),
    what: "(N, C, d), ignored pixels",
    inputs: { x: normal(2, 3, 4), target: (rng) => classesAfter(-100, 8, 3)(rng).reshape(2, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
];
