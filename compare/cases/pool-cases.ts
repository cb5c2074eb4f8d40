import type { NDArray, Random } from "../../np/index.ts";
import { type Case, twins } from "./case.ts";
import { normal } from "./inputs.ts";

/** Numbers of both signs, at least 0.1 apart, so that no window is near a tie. */
export function distinct(...shape: number[]): (rng: Random) => NDArray {
  const size = shape.reduce((product, n) => product * n, 1);
  return (rng) =>
    rng
      .permutation(size)
      .astype("float64")
      .sub(size / 2)
      .mul(0.1)
      .reshape(shape);
}

/** Numbers with many ties. */
function ties(...shape: number[]): (rng: Random) => NDArray {
  const size = shape.reduce((product, n) => product * n, 1);
  return (rng) => rng.choice(2, size).astype("float64").reshape(shape);
}

/** Pooling, with every option changed. */
export const poolCases: readonly Case[] = [
  {
    ...twins("MaxPool2d", () => [2]),
    what: "2 × 2",
    inputs: { x: distinct(2, 3, 4, 6) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("MaxPool2d", () => [[2, 3], { stride: [2, 1], padding: [1, 0] }]),
    what: "overlapping, padded",
    inputs: { x: distinct(2, 2, 5, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("MaxPool2d", () => [3, { stride: 2, padding: 1 }]),
    what: "all below 0, where a padding of 0 would win",
    inputs: { x: (rng) => distinct(2, 2, 5, 5)(rng).sub(100) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("MaxPool2d", () => [2, { dilation: [2, 3], stride: 1 }]),
    what: "dilated",
    inputs: { x: distinct(2, 2, 5, 6) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("MaxPool2d", () => [2, { ceilMode: true }]),
    what: "ceilMode: the last window extends past the edge",
    inputs: { x: distinct(2, 2, 5, 7) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("MaxPool2d", () => [2]),
    what: "at its kinks: the first of equal elements wins by convention",
    inputs: { x: ties(2, 2, 4, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("AvgPool2d", () => [2]),
    what: "2 × 2",
    inputs: { x: normal(2, 3, 4, 6) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("AvgPool2d", () => [[3, 2], { stride: [1, 3], padding: 1 }]),
    what: "overlapping, padded with 0s that count",
    inputs: { x: normal(2, 2, 5, 5) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("AvgPool2d", () => [3, { stride: 2, padding: 1, countIncludePad: false }]),
    what: "padded, only real elements count",
    inputs: { x: normal(2, 2, 5, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("AvgPool2d", () => [3, { stride: 2, padding: 1, ceilMode: true }]),
    what: "ceilMode: elements beyond the padding do not count",
    inputs: { x: normal(2, 2, 6, 5) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("AvgPool2d", () => [2, { divisorOverride: 3 }]),
    what: "divisorOverride",
    inputs: { x: normal(2, 2, 4, 5) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("AdaptiveAvgPool2d", () => [1]),
    what: "one average",
    inputs: { x: normal(2, 3, 4, 5) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("AdaptiveAvgPool2d", () => [[3, 2]]),
    what: "3 × 2, with overlapping windows",
    inputs: { x: normal(2, 2, 5, 7) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("AdaptiveAvgPool2d", () => [[null, 4]]),
    what: "height kept, columns repeated",
    inputs: { x: normal(2, 2, 3, 2) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
];
