/** What valid calls are made with. */
import * as autograd from "chalk-and-tape/autograd";
import { tensor } from "chalk-and-tape/autograd";
import * as datasets from "chalk-and-tape/datasets";
import { gradcheck } from "chalk-and-tape/gradcheck";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, ones, random } from "chalk-and-tape/np";
import { fitting } from "../../contracts/samples.ts";

export const rng = () => random(3);
export const x = () => array([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
export const t = () => tensor(x(), { requiresGrad: true });
export const images = () => rng().uniform(0, 1, [1, 2, 4, 4]);
export const image = () => rng().uniform(0, 1, [3, 4, 4]);
export const window = { kernel: [2, 2], stride: [1, 1], dilation: [1, 1], padding: [[0, 0], [0, 0]], mode: "zeros" }; // biome-ignore format: one window
export const ranges = () => [[0, 2], [0, 3]]; // biome-ignore format: one range per axis
export const dataset = () => datasets.moons({ n: 8, rng: rng() });
export const optimizer = () => ({ groups: [{ lr: 1, momentum: 0.9 }] });
export const square = () => ({
  forward: (a: NDArray) => a.mul(a),
  backward: (dy: NDArray, a: NDArray) => [dy.mul(a).mul(2)],
});
export const subject = () => ({
  parameters: new Map(),
  forward: (a: NDArray) => a.mul(a),
  gradients: (dy: NDArray | null, a: NDArray) => ({
    y: a.mul(a),
    gradients: new Map([["x", (dy ?? ones(a.shape)).mul(a).mul(2)]]),
  }),
});
export const report = () => gradcheck(square(), [array([1, 2])], { quiet: true });
export const epoch = { epoch: 1, trainLoss: 1, trainAccuracy: 0.5, validationLoss: 1, validationAccuracy: 0.5, lr: 1, seconds: 1 }; // biome-ignore format: one epoch
export const oneSide = {
  trainLoss: 1,
  trainAccuracy: 0.5,
  testLoss: 1,
  testAccuracy: 0.5,
  seconds: 1,
  updateSeconds: 0.5,
};
export const compared = () => [
  { epoch: 1, manual: oneSide, autograd: oneSide, maxGradientDifference: 0, maxWeightDifference: 0 },
];
export const batch = () => ({ x: x(), y: array([0, 1], { dtype: "int32" }) });
export const linear = (side: "manual" | "autograd") =>
  side === "manual" ? new manual.Linear(3, 2, { rng: rng() }) : new autograd.Linear(3, 2, { rng: rng() });
export const crossEntropy = (side: "manual" | "autograd") =>
  side === "manual" ? new manual.CrossEntropyLoss() : new autograd.CrossEntropyLoss();
export const parameters = (side: "manual" | "autograd") =>
  fitting(side === "manual" ? "chalk" : "tape", "parameters", {
    type: "parameters",
    expected: "",
    required: true,
    refuse: () => null,
  });

export const indices = () => array([[0], [1]], { dtype: "int32" });
export const mask = () => x().greater(2);
export const labels = () => array([0, 1], { dtype: "int32" });
export const relu = () => new autograd.ReLU();
