import { array, concatenate, type NDArray, type Random, zeros } from "../../../np/index.ts";
import { type BothSides, type Case, drawnTwins, twins } from "../case.ts";
import { classes, normal } from "../inputs.ts";
import { redrawn } from "../parameters.ts";
import { distinct } from "../pool-cases.ts";
import { type Sample, samples, sidesOf } from "./samples.ts";

const noSecondDerivatives = "the rows written by hand check them";
const noDifferences = "differences lose their digits on such numbers";

/** Rows that both sides answer alike, without differences: these lose their digits, or would take long. */
function row(sides: BothSides, what: string, inputs: Case["inputs"], reason: string = noDifferences): Case {
  return {
    ...sides,
    what,
    drawn: "values",
    inputs,
    witnesses: { noDifferences: reason, noSecondDerivatives },
  };
}

/** 0 and −0, ordinary and tiny numbers of both signs, moved by up to a tenth of themselves. */
function aroundZero(n: number): (rng: Random) => NDArray {
  const numbers = [0, -0, 1e-9, -1e-9, 1e-4, 1.5, -1.5];
  return (rng) => rng.uniform(0.9, 1.1, [n, 7]).mul(array(numbers));
}
/** Rows whose elements are up to 2000 apart, so that exp of most is 0 or infinite; two are near each other. */
function farApart(n: number): (rng: Random) => NDArray {
  return (rng) => rng.normal(0, 1, [n, 5]).add(array([900, 899, -900, 30, -1100]));
}
/** Numbers of both signs and size 1000 beside ordinary positive ones. */
const ofSize1000 = (rng: Random): NDArray =>
  concatenate([rng.uniform(0.5, 2, [3, 1]), rng.normal(0, 1000, [3, 6])], 1);
/** Rows of equal elements. */
function ties(n: number): (rng: Random) => NDArray {
  return (rng) => rng.normal(0, 1, [n, 1]).mul(array([[1, 1, 1, 1, 1]]));
}
const farFromZero =
  (...shape: number[]): ((rng: Random) => NDArray) =>
  (rng) =>
    normal(...shape)(rng).add(1000);
/** Ordinary numbers beside a feature, a sample or an image that is constant. */
const partlyConstant = (rng: Random): NDArray => {
  const x = normal(4, 4)(rng);
  return x
    .mul(array([[0], [1], [1], [1]]))
    .mul(array([[0, 1, 1, 1]]))
    .add(2);
};

const elementwise = samples.filter(
  ({ kind, name }) => kind === "activation" && name !== "Softmax" && name !== "LogSoftmax",
);
/** Those whose other rows have no elements of size 1000. */
const rectifiers = elementwise.filter(({ name }) =>
  ["ReLU", "LeakyReLU", "PReLU", "Hardtanh"].includes(name),
);
const many = samples.filter(({ hasWeights }) => hasWeights);
const losses = samples.filter(({ kind }) => kind === "loss");
const distributionsAlong: readonly Sample[] = samples.filter(
  ({ name }) => name === "Softmax" || name === "LogSoftmax",
);

/** Rows about the values and the number of samples. */
export const valueRegimes: readonly Case[] = [
  ...elementwise.map((one) => row(sidesOf(one), "0, −0 and tiny x", { x: aroundZero(3), onKink: true })),
  ...rectifiers.map((one) => row(sidesOf(one), "x of size 1000", { x: ofSize1000 })),
  ...distributionsAlong.flatMap((one) => [
    row(sidesOf(one), "elements of a row far apart", { x: farApart(3) }),
    row(sidesOf(one), "equal elements", { x: ties(3) }),
  ]),
  row(
    twins("CrossEntropyLoss", () => []),
    "logits of a row far apart",
    {
      x: farApart(4),
      target: classes(4, 5),
    },
  ),
  row(
    twins("CrossEntropyLoss", () => []),
    "equal logits",
    { x: ties(4), target: classes(4, 5) },
  ),
  row(
    twins("BCEWithLogitsLoss", () => []),
    "logits far apart, targets 0 and 1",
    {
      x: farApart(4),
      target: (rng) => rng.choice(2, 20).reshape(4, 5).astype("float64"),
    },
  ),
  ...normalizationRows(),
  ...borderRows(),
  ...losses.map((one) => row(sidesOf(one), "one sample", one.inputs(1), "its other rows have them")),
  ...many.map((one) => manySamples(one)),
  ...emptyRows(),
];

/** More than 64 samples, of 6 features or more. */
function manySamples(one: Sample): Case {
  const reason = "one for each of hundreds of elements would take long";
  const made = row(sidesOf(one), "70 samples", one.inputs(70), reason);
  return one.name === "Embedding"
    ? { ...made, expects: { noInputGradient: "indices have no gradient" } }
    : made;
}

/** A mean far from 0, where E[x²] − μ² cancels, and variances of 0, where only eps is left. */
function normalizationRows(): Case[] {
  const hints = { dx: "the variance is the mean of (x − μ)², since E[x²] − μ² cancels" };
  const far = "values far from 0";
  return [
    { ...row(redrawn(twins("BatchNorm2d", () => [2])), far, { x: farFromZero(2, 2, 2, 2) }), hints },
    { ...row(redrawn(twins("LayerNorm", () => [5])), far, { x: farFromZero(3, 5) }), hints },
    { ...row(redrawn(twins("GroupNorm", () => [2, 6])), far, { x: farFromZero(3, 6) }), hints },
    row(redrawn(twins("BatchNorm1d", () => [4])), "a constant feature", { x: partlyConstant }),
    row(redrawn(twins("LayerNorm", () => [4])), "a constant sample", { x: partlyConstant }),
  ];
}

/** Windows that would begin beyond the image and its padding, which ceilMode leaves out. */
function borderRows(): Case[] {
  const what = "ceilMode at the border: no window begins in the padding after the image";
  const options = { stride: 2, padding: 1, ceilMode: true };
  return [
    row(
      twins("MaxPool2d", () => [2, options]),
      what,
      { x: distinct(2, 1, 5, 5) },
    ),
    row(
      twins("AvgPool2d", () => [2, options]),
      what,
      { x: normal(2, 1, 5, 5) },
    ),
    row(
      twins("AvgPool2d", () => [2, { ...options, countIncludePad: false }]),
      `${what}, countIncludePad false`,
      {
        x: normal(2, 1, 5, 5),
      },
    ),
  ];
}

/** Batches of no samples: every sum is 0, and every shape is kept. */
function emptyRows(): Case[] {
  const [what, reason] = ["no samples", "there is nothing to move"];
  const expects = { zeroGradients: "there are no samples" };
  return [
    {
      ...row(
        drawnTwins("Linear", (rng) => [3, 2, { rng }]),
        what,
        { x: () => zeros([0, 3]) },
        reason,
      ),
      expects,
    },
    {
      ...row(
        twins("ReLU", () => []),
        what,
        { x: () => zeros([0, 3]) },
        reason,
      ),
      expects,
    },
    {
      ...row(
        twins("Softmax", () => [1]),
        what,
        { x: () => zeros([0, 3]) },
        reason,
      ),
      expects,
    },
    {
      ...row(
        twins("MSELoss", () => [{ reduction: "sum" }]),
        what,
        { x: () => zeros([0, 3]), target: () => zeros([0, 3]) },
        reason,
      ),
      expects,
    },
  ];
}
