import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";
import { linear } from "../paper/precise-functions.ts";
import type { AnyLayer } from "../sides.ts";
import { type Build, type Case, twins } from "./case.ts";
import { normal } from "./draws.ts";

/** Layers. */
export const layerCases: readonly Case[] = [
  { ...twins("Linear", (rng) => [5, 3, { rng }]), what: "5 → 3", x: normal(4, 5), precise: linear },
  { ...twins("Linear", (rng) => [5, 3, { rng, bias: false }]), what: "without bias", x: normal(4, 5) },
  {
    ...twins("Linear", (rng) => [4, 4, { rng }]),
    what: "square, batch of 4: a wrong transpose keeps all shapes",
    x: normal(4, 4),
  },
  { ...twins("Linear", (rng) => [3, 2, { rng }]), what: "one sample", x: normal(1, 3) },
  { ...twins("Flatten", () => []), what: "3 × 4 images", x: normal(2, 3, 4) },
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
    x: normal(5, 4),
  },
];
