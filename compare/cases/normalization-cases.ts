import { batchNorm, layerNorm } from "../formulas/precise-normalization.ts";
import { type Case, twins } from "./case.ts";
import { normal } from "./inputs.ts";
import { evaluating, redrawn } from "./parameters.ts";

const batchNormRule: string =
  "dx = (dx̂ − mean(dx̂) − x̂ · mean(dx̂ x̂)) / σ with dx̂ = γ dy, means over all axes but the channels: μ and σ depend on x as well";

const layerNormRule: string =
  "dx = (dx̂ − mean(dx̂) − x̂ · mean(dx̂ x̂)) / σ with dx̂ = γ dy, means over the normalised axes of each sample";
const groupNormRule: string =
  "dx = (dx̂ − mean(dx̂) − x̂ · mean(dx̂ x̂)) / σ with dx̂ = γ dy, means over each group of each sample";

/** Normalisations, with random parameters: the initial weight 1 and bias 0 would hide mistakes. */
export const normalizationCases: readonly Case[] = [
  {
    ...twins("BatchNorm1d", () => [2]),
    what: "as it starts",
    inputs: { x: normal(3, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: batchNormRule },
  },
  {
    ...redrawn(twins("BatchNorm1d", () => [3])),
    what: "features (N, C)",
    basic: true,
    inputs: { x: (rng) => normal(4, 3)(rng).mul(2).add(3) },
    expects: { zeroSecondDerivatives: ["bias"] },
    witnesses: { precise: batchNorm },
    hints: { dx: batchNormRule },
  },
  {
    ...redrawn(twins("BatchNorm1d", () => [2, { eps: 0.5, momentum: 0.3 }])),
    what: "sequences (N, C, L), eps and momentum",
    inputs: { x: normal(2, 2, 3) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: batchNormRule },
  },
  {
    ...redrawn(twins("BatchNorm1d", () => [2, { momentum: null }])),
    what: "momentum null, the average over all batches",
    inputs: { x: normal(3, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: batchNormRule },
  },
  {
    ...twins("BatchNorm1d", () => [2, { affine: false }]),
    what: "without weight and bias",
    inputs: { x: normal(4, 2) },
    hints: { dx: batchNormRule },
  },
  {
    ...redrawn(twins("BatchNorm1d", () => [2])),
    what: "values far from 0",
    inputs: { x: (rng) => normal(4, 2)(rng).add(1000) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: `${batchNormRule}; the variance is the mean of (x − μ)², since E[x²] − μ² cancels` },
  },
  {
    ...evaluating(redrawn(twins("BatchNorm1d", () => [3])), normal(4, 3)),
    what: "in evaluation",
    basic: true,
    inputs: { x: normal(3, 3) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: "running statistics are constants: dx = γ dy / σ" },
  },
  {
    ...evaluating(redrawn(twins("BatchNorm1d", () => [3, { momentum: null }])), normal(4, 3)),
    what: "in evaluation, momentum null, one sample",
    inputs: { x: normal(1, 3) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: "running statistics are constants: dx = γ dy / σ" },
  },
  {
    ...evaluating(redrawn(twins("BatchNorm1d", () => [2, { trackRunningStats: false }])), normal(4, 2)),
    what: "in evaluation without running statistics",
    inputs: { x: normal(3, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: batchNormRule },
  },
  {
    ...redrawn(twins("BatchNorm2d", () => [3])),
    what: "images (N, C, H, W)",
    basic: true,
    inputs: { x: (rng) => normal(2, 3, 1, 2)(rng).mul(2).add(1) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: batchNormRule },
  },
  {
    ...redrawn(twins("BatchNorm2d", () => [2, { eps: 0.1, momentum: 1 }])),
    what: "one image, eps and momentum",
    inputs: { x: normal(1, 2, 2, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: batchNormRule },
  },
  {
    ...evaluating(redrawn(twins("BatchNorm2d", () => [2])), normal(2, 2, 2, 2)),
    what: "in evaluation",
    basic: true,
    inputs: { x: normal(2, 2, 2, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: "running statistics are constants: dx = γ dy / σ" },
  },
  {
    ...twins("LayerNorm", () => [4]),
    what: "as it starts, one sample",
    inputs: { x: normal(1, 4) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: layerNormRule },
  },
  {
    ...redrawn(twins("LayerNorm", () => [3])),
    what: "square: the wrong axis keeps all shapes",
    inputs: { x: normal(3, 3) },
    expects: { zeroSecondDerivatives: ["bias"] },
    witnesses: { precise: layerNorm },
    hints: { dx: layerNormRule },
  },
  {
    ...redrawn(twins("LayerNorm", () => [[2, 3], { eps: 0.5 }])),
    what: "two axes of three, eps",
    inputs: { x: normal(2, 2, 3) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: layerNormRule },
  },
  {
    ...redrawn(twins("LayerNorm", () => [3, { bias: false }])),
    what: "sequences, without bias",
    inputs: { x: normal(2, 2, 3) },
    hints: { dx: layerNormRule },
  },
  {
    ...twins("LayerNorm", () => [[4], { elementwiseAffine: false }]),
    what: "without weight and bias",
    inputs: { x: normal(3, 4) },
    hints: { dx: layerNormRule },
  },
  {
    ...redrawn(twins("GroupNorm", () => [2, 4])),
    what: "2 groups of 4 channels, images",
    inputs: { x: normal(2, 4, 1, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: groupNormRule },
  },
  {
    ...redrawn(twins("GroupNorm", () => [1, 3, { eps: 0.5 }])),
    what: "one group, eps",
    inputs: { x: normal(2, 3, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: groupNormRule },
  },
  {
    ...redrawn(twins("GroupNorm", () => [2, 6])),
    what: "features (N, C)",
    inputs: { x: normal(2, 6) },
    expects: { zeroSecondDerivatives: ["bias"] },
    hints: { dx: groupNormRule },
  },
  {
    ...twins("GroupNorm", () => [2, 4, { affine: false }]),
    what: "without weight and bias",
    inputs: { x: normal(2, 4, 3) },
    hints: { dx: groupNormRule },
  },
];
