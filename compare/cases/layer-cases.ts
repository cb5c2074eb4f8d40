import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";
import { linear } from "../formulas/precise-functions.ts";
import type { AnyLayer } from "../subjects/sides.ts";
import { type Build, type Case, twins } from "./case.ts";
import { of } from "./formulas.ts";
import { normal } from "./inputs.ts";

/** Layers. */
export const layerCases: readonly Case[] = [
  {
    ...twins("Linear", (rng) => [5, 3, { rng }]),
    what: "5 → 3",
    basic: true,
    inputs: { x: normal(4, 5) },
    expects: { zeroSecondDerivatives: ["bias"] },
    witnesses: { precise: linear },
  },
  {
    ...twins("Linear", (rng) => [5, 3, { rng, bias: false }]),
    what: "without bias",
    inputs: { x: normal(4, 5) },
  },
  {
    ...twins("Linear", (rng) => [4, 4, { rng }]),
    what: "square, batch of 4: a wrong transpose keeps all shapes",
    basic: true,
    inputs: { x: normal(4, 4) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Linear", (rng) => [3, 2, { rng }]),
    what: "one sample",
    basic: true,
    inputs: { x: normal(1, 3) },
    expects: { zeroSecondDerivatives: ["bias"] },
  },
  {
    ...twins("Flatten", () => []),
    what: "3 × 4 images",
    inputs: { x: normal(2, 3, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
  },
  {
    ...twins("Flatten", () => [{ startDim: 0, endDim: -2 }]),
    what: "startDim and endDim",
    inputs: { x: normal(2, 3, 4) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: of("x") },
  },
  {
    name: "Sequential",
    what: "Linear, Tanh, Linear",
    manual: (rng, student) =>
      new ((student ?? manual.Sequential) as Build<AnyLayer>)(
        new manual.Linear(4, 3, { rng }),
        new manual.Tanh(),
        new manual.Linear(3, 2, { rng }),
      ),
    autograd: (rng) =>
      new autograd.Sequential(
        new autograd.Linear(4, 3, { rng }),
        new autograd.Tanh(),
        new autograd.Linear(3, 2, { rng }),
      ),
    inputs: { x: normal(5, 4) },
    expects: { zeroSecondDerivatives: ["2.bias"] },
  },
  {
    name: "Sequential",
    what: "Linear, BatchNorm1d, Dropout, Linear",
    manual: (rng, student) =>
      new ((student ?? manual.Sequential) as Build<AnyLayer>)(
        new manual.Linear(3, 4, { rng, bias: false }),
        new manual.BatchNorm1d(4),
        new manual.Dropout(0.3, { rng }),
        new manual.Linear(4, 1, { rng }),
      ),
    autograd: (rng) =>
      new autograd.Sequential(
        new autograd.Linear(3, 4, { rng, bias: false }),
        new autograd.BatchNorm1d(4),
        new autograd.Dropout(0.3, { rng }),
        new autograd.Linear(4, 1, { rng }),
      ),
    inputs: { x: normal(3, 3) },
    expects: { zeroSecondDerivatives: ["3.bias"] },
  },
  {
    ...twins("Identity", () => []),
    what: "4 × 5",
    inputs: { x: normal(4, 5) },
    expects: { zeroSecondDerivatives: ["x"] },
    witnesses: { formula: of("x") },
  },
  {
    name: "Residual",
    what: "the shortcut is the identity",
    manual: (rng, student) =>
      new ((student ?? manual.Residual) as Build<AnyLayer>)(
        new manual.Sequential(new manual.Linear(3, 3, { rng }), new manual.Tanh()),
      ),
    autograd: (rng) =>
      new autograd.Residual(new autograd.Sequential(new autograd.Linear(3, 3, { rng }), new autograd.Tanh())),
    inputs: { x: normal(4, 3) },
  },
  {
    name: "Residual",
    what: "the shortcut changes the shape as well",
    manual: (rng, student) =>
      new ((student ?? manual.Residual) as Build<AnyLayer>)(
        new manual.Sequential(new manual.Linear(3, 2, { rng }), new manual.Tanh()),
        new manual.Linear(3, 2, { rng, bias: false }),
      ),
    autograd: (rng) =>
      new autograd.Residual(
        new autograd.Sequential(new autograd.Linear(3, 2, { rng }), new autograd.Tanh()),
        new autograd.Linear(3, 2, { rng, bias: false }),
      ),
    inputs: { x: normal(4, 3) },
  },
];
