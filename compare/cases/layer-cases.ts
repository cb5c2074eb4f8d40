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
    zeroSecondDerivatives: ["bias"],
    x: normal(4, 5),
    precise: linear,
  },
  { ...twins("Linear", (rng) => [5, 3, { rng, bias: false }]), what: "without bias", x: normal(4, 5) },
  {
    ...twins("Linear", (rng) => [4, 4, { rng }]),
    what: "square, batch of 4: a wrong transpose keeps all shapes",
    zeroSecondDerivatives: ["bias"],
    x: normal(4, 4),
  },
  {
    ...twins("Linear", (rng) => [3, 2, { rng }]),
    what: "one sample",
    zeroSecondDerivatives: ["bias"],
    x: normal(1, 3),
  },
  { ...twins("Flatten", () => []), what: "3 × 4 images", zeroSecondDerivatives: ["x"], x: normal(2, 3, 4) },
  {
    ...twins("Flatten", () => [{ startDim: 0, endDim: -2 }]),
    what: "startDim and endDim",
    zeroSecondDerivatives: ["x"],
    x: normal(2, 3, 4),
    formula: of("x"),
  },
  {
    name: "Sequential",
    what: "Linear, Tanh, Linear",
    zeroSecondDerivatives: ["2.bias"],
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
    x: normal(5, 4),
  },
  {
    name: "Sequential",
    what: "Linear, BatchNorm1d, Dropout, Linear",
    zeroSecondDerivatives: ["3.bias"],
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
    x: normal(3, 3),
  },
  {
    ...twins("Identity", () => []),
    what: "4 × 5",
    zeroSecondDerivatives: ["x"],
    x: normal(4, 5),
    formula: of("x"),
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
    x: normal(4, 3),
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
    x: normal(4, 3),
  },
];
