import { type Case, twins } from "./case.ts";
import { normal } from "./inputs.ts";
import { evaluating, nudged } from "./parameters.ts";

const rule: string =
  "x takes two paths, through the convolutions and through the shortcut: dx is the sum of both";

const ofLayers = { witnesses: { noSecondDerivatives: "its layers have their own rows" } } as const;

/** Building blocks of large networks for images. */
export const blockCases: readonly Case[] = [
  {
    ...twins("PadShortcut", () => [2, 4, { stride: 2 }]),
    what: "stride 2, twice the channels",
    inputs: { x: normal(2, 2, 3, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("PadShortcut", () => [1, 4, { stride: 3 }]),
    what: "an odd number of new channels, a stride that skips pixels",
    inputs: { x: normal(2, 1, 5, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("PadShortcut", () => [3, 4]),
    what: "stride 1",
    inputs: { x: normal(2, 3, 2, 2) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...ofLayers,
    ...nudged(twins("BasicBlock", (rng) => [2, 2, { rng }])),
    what: "identity shortcut",
    inputs: { x: normal(3, 2, 3, 4) },
    hints: { dx: rule },
  },
  {
    ...ofLayers,
    ...nudged(twins("BasicBlock", (rng) => [2, 3, { rng, stride: 2 }])),
    what: "shortcut B, stride 2",
    inputs: { x: normal(3, 2, 4, 3) },
    hints: { dx: rule },
  },
  {
    ...ofLayers,
    ...nudged(twins("BasicBlock", (rng) => [1, 3, { rng, stride: 2, shortcut: "A" }])),
    what: "shortcut A, stride 2",
    inputs: { x: normal(3, 1, 4, 3) },
    hints: { dx: rule },
  },
  {
    ...ofLayers,
    ...evaluating(nudged(twins("BasicBlock", (rng) => [2, 2, { rng }])), normal(2, 2, 3, 3)),
    what: "in evaluation",
    inputs: { x: normal(1, 2, 3, 2) },
    hints: { dx: rule },
  },
  {
    ...ofLayers,
    ...nudged(twins("DepthwiseSeparable", (rng) => [3, 2, { rng }])),
    what: "3 → 2 channels",
    inputs: { x: normal(3, 3, 3, 3) },
  },
  {
    ...ofLayers,
    ...nudged(twins("DepthwiseSeparable", (rng) => [3, 2, { rng, stride: 2 }])),
    what: "stride 2",
    inputs: { x: normal(3, 3, 4, 3) },
  },
  {
    ...ofLayers,
    ...evaluating(nudged(twins("DepthwiseSeparable", (rng) => [3, 3, { rng }])), normal(3, 3, 3, 3)),
    what: "in evaluation",
    inputs: { x: normal(3, 3, 3, 3) },
  },
];
