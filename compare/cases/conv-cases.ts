import { conv2d } from "../formulas/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { normal } from "./inputs.ts";

/** Convolutions with every option changed, and with lengths that differ so that a mixed-up axis shows. */
export const convCases: readonly Case[] = [
  {
    ...twins("Conv1d", (rng) => [2, 3, 3, { rng }]),
    what: "3 wide",
    inputs: { x: normal(2, 2, 6) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Conv1d", (rng) => [
      4,
      2,
      2,
      { rng, stride: 2, padding: 1, dilation: 3, groups: 2, bias: false },
    ]),
    what: "every numeric option changed",
    inputs: { x: normal(2, 4, 7) },
  },
  {
    ...twins("Conv1d", (rng) => [2, 2, 4, { rng, padding: "same", paddingMode: "replicate" }]),
    what: "padding same, an even kernel, paddingMode replicate",
    inputs: { x: normal(2, 2, 5) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Conv2d", (rng) => [2, 3, 3, { rng }]),
    what: "3 × 3",
    inputs: { x: normal(2, 2, 4, 5) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Conv2d", (rng) => [2, 2, [2, 3], { rng, stride: [2, 1], padding: [1, 2] }]),
    what: "2 × 3, another stride and padding along each axis",
    inputs: { x: normal(2, 2, 3, 4) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Conv2d", (rng) => [1, 2, 2, { rng, stride: 3 }]),
    what: "a stride that skips elements",
    inputs: { x: normal(2, 1, 5, 6) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Conv2d", (rng) => [1, 2, [3, 2], { rng, dilation: [2, 3], padding: 1 }]),
    what: "dilated",
    inputs: { x: normal(2, 1, 4, 4) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Conv2d", (rng) => [4, 4, 2, { rng, groups: 2, bias: false }]),
    what: "two groups, without bias",
    inputs: { x: normal(2, 4, 3, 2) },
  },
  {
    ...twins("Conv2d", (rng) => [1, 2, [2, 3], { rng, padding: "same" }]),
    what: "padding same, an even kernel",
    inputs: { x: normal(2, 1, 3, 4) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Conv2d", (rng) => [3, 2, 1, { rng }]),
    what: "1 × 1",
    inputs: { x: normal(2, 3, 3, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Conv2d", (rng) => [1, 2, 2, { rng }]),
    what: "2 × 2",
    inputs: { x: normal(2, 1, 2, 3) },
    expects: { zeroSecondDerivatives: ["bias"] },
    witnesses: { precise: conv2d },
  },
  ...(["reflect", "circular"] as const).map(
    (paddingMode): Case => ({
      ...twins("Conv2d", (rng) => [1, 2, 3, { rng, paddingMode, padding: [2, 1], stride: [1, 2] }]),
      what: `paddingMode ${paddingMode}`,
      inputs: { x: normal(2, 1, 3, 4) },
      expects: { zeroSecondDerivatives: ["bias"] },
    }),
  ),
  {
    ...twins("ConvTranspose2d", (rng) => [2, 3, [2, 3], { rng }]),
    what: "2 × 3",
    inputs: { x: normal(2, 2, 3, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("ConvTranspose2d", (rng) => [
      3,
      1,
      3,
      { rng, stride: [2, 3], padding: [1, 0], outputPadding: [1, 2] },
    ]),
    what: "another stride, padding and outputPadding along each axis",
    inputs: { x: normal(2, 3, 2, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("ConvTranspose2d", (rng) => [
      2,
      2,
      2,
      { rng, dilation: [2, 3], padding: 1, outputPadding: [1, 0] },
    ]),
    what: "dilated, more outputPadding than stride",
    inputs: { x: normal(2, 2, 3, 2) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("ConvTranspose2d", (rng) => [4, 2, 2, { rng, groups: 2, stride: 2, bias: false }]),
    what: "two groups, without bias, windows that do not overlap",
    inputs: { x: normal(2, 4, 2, 1) },
  },
];
