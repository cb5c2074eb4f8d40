import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";
import {
  NonlinearClassifierLoss,
  NonlinearClassifierLossOnTape,
} from "../subjects/nonlinear-classifier-loss.ts";
import { type Build, type Case, twins } from "./case.ts";
import { mirrored, normal } from "./inputs.ts";

/** Small networks. */
export const modelCases: readonly Case[] = [
  {
    ...twins("MlpClassifier", (rng) => [{ rng }]),
    what: "the lecture's 2-10-10-10-1",
    inputs: { x: normal(6, 2) },
    expects: { zeroSecondDerivatives: ["layer4.bias"] },
  },
  {
    ...twins("Mlp", (rng) => [{ rng }]),
    what: "784-256-64-10, all of its 218,058 parameters",
    inputs: { x: mirrored(3, 28, 28) },
    large: { everyParameter: true },
  },
  {
    ...twins("Mlp", (rng) => [{ rng, sizes: [12, 5, 4, 3] }]),
    what: "other sizes, 2 × 2 colour images",
    inputs: { x: normal(4, 3, 2, 2) },
    witnesses: { noSecondDerivatives: "its layers have their own rows" },
  },
  {
    ...twins("DeepMlp", (rng) => [{ rng, sizes: [4, 3] }]),
    what: "one layer",
    inputs: { x: normal(5, 4) },
    expects: { zeroSecondDerivatives: ["layer1.bias"] },
  },
  {
    ...twins("DeepMlp", (rng) => [{ rng, sizes: [6, 10, 9, 8, 3] }]),
    what: "four layers, 2 × 3 images",
    inputs: { x: mirrored(3, 2, 3) },
    witnesses: { noSecondDerivatives: "its layers have their own rows" },
  },
  {
    name: "NonlinearClassifier",
    what: "the lecture's NumPy class",
    manual: (rng, student) => {
      const Net = (student ?? manual.NonlinearClassifier) as Build<manual.NonlinearClassifier>;
      return new NonlinearClassifierLoss(new Net(rng.normal(0, 1, [4, 3]), rng.normal(0, 1, [1, 5])));
    },
    autograd: (rng) => {
      const [W1, W2] = [rng.normal(0, 1, [4, 3]), rng.normal(0, 1, [1, 5])];
      return new NonlinearClassifierLossOnTape(
        new autograd.NonlinearClassifier(new autograd.Tensor(W1, true), new autograd.Tensor(W2, true)),
      );
    },
    inputs: {
      x: normal(2, 6),
      target: (rng) => rng.choice(2, 6).reshape(1, 6).astype("float64"),
      batchAxis: 1,
    },
    expects: { noInputGradient: "the lecture's class returns no dx" },
  },
];
