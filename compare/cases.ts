// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks classes by name, from both sides
import * as autograd from "../autograd/index.ts";
import type { Branch, PreciseFunction } from "../gradcheck/index.ts";
import * as manual from "../manual/index.ts";
import { array, concatenate, type NDArray, oneHot, type Random } from "../np/index.ts";
import type { Reduction } from "../training/index.ts";
import { LectureLoss, LectureLossOnTape } from "./lecture-loss.ts";
import type { Formula } from "./paper/formula-witness.ts";
import { linear, softmaxCrossEntropy } from "./paper/precise-functions.ts";
import type { AnyLayer, AnyModule } from "./sides.ts";

/** A twin that a student may write: a class of chalk's, by name. */
export type StudentClass = new (...args: never[]) => AnyLayer | manual.NonlinearClassifier | manual.Optimizer;
type Build<T> = new (...args: readonly unknown[]) => T;

/** One row of the table: how to build both sides with equal weights, and what to feed them. */
export interface Case {
  /** The class under test, `Linear`. */
  readonly name: string;
  /** Which of its uses this row is, `without bias`. */
  readonly what: string;
  readonly manual: (rng: Random, student?: StudentClass) => AnyLayer;
  readonly autograd: (rng: Random) => AnyModule;
  /** The input whose gradient is checked, kept off kinks. */
  readonly x: (rng: Random) => NDArray;
  /** What a loss compares with; constant. */
  readonly target?: (rng: Random) => NDArray;
  /** Whether inputs are drawn again for the parameters whose gradient was 0, until each was checked where it is not. */
  readonly everyParameter?: true;
  /** What dx is, in words, for those whose dx is wrong. */
  readonly rule?: string;
  /** Which axis of x counts samples; default 0. */
  readonly batchAxis?: number;
  /** Why chalk returns no dx here. */
  readonly noInputGradient?: string;
  /** Why the numerical witness is not heard on this row. */
  readonly noDifferences?: string;
  /** What y is of each element of x, for mathjs to differentiate and to evaluate with 64 digits: two more witnesses. */
  readonly formula?: Formula;
  /** What y is of all arrays, with 64 digits: a witness for x and every parameter. */
  readonly precise?: PreciseFunction;
  /** An optimizer's row: both sides step on this row's model and must stay equal. */
  readonly optimizer?: { readonly steps: number; readonly build: OptimizerPair };
}

type Manual = typeof manual;
type Autograd = typeof autograd;
type Class<T> = abstract new (...args: never[]) => T;

/** Names that are classes on both sides, where the arguments of chalk's also fit the tape's. */
type Twin = {
  [K in keyof Manual & keyof Autograd]: Manual[K] extends Class<AnyLayer>
    ? Autograd[K] extends Class<AnyModule>
      ? ConstructorParameters<Manual[K]> extends ConstructorParameters<Autograd[K]>
        ? K
        : never
      : never
    : never;
}[keyof Manual & keyof Autograd];

/** Both sides of one name, built with the same arguments; those must fit both constructors. */
export function twins<K extends Twin>(
  name: K,
  args: (rng: Random) => ConstructorParameters<Manual[K]>,
): Pick<Case, "name" | "manual" | "autograd"> {
  return {
    name,
    manual: (rng, student) => new ((student ?? manual[name]) as unknown as Build<AnyLayer>)(...args(rng)),
    autograd: (rng) => new (autograd[name] as unknown as Build<AnyModule>)(...args(rng)),
  };
}

type OptimizerPair = {
  readonly manual: (parameters: readonly manual.Parameter[], student?: StudentClass) => manual.Optimizer;
  readonly autograd: (parameters: readonly autograd.Tensor[]) => autograd.Optimizer;
};

/** Both optimizers of one name with the same options, on a small network with bias. */
function optimizers<K extends "SGD" | "Adam">(
  name: K,
  what: string,
  options: ConstructorParameters<Manual[K]>[1] & ConstructorParameters<Autograd[K]>[1],
): Case {
  const build: OptimizerPair = {
    manual: (parameters, student) =>
      new ((student ?? manual[name]) as unknown as Build<manual.Optimizer>)(parameters, options),
    autograd: (parameters) => new autograd[name](parameters, options),
  };
  return {
    name,
    what,
    manual: (rng) => new manual.Linear(5, 3, { rng }),
    autograd: (rng) => new autograd.Linear(5, 3, { rng }),
    x: normal(4, 5),
    optimizer: { steps: 20, build },
  };
}

/** Standard normal numbers. */
function normal(...shape: number[]): (rng: Random) => NDArray {
  return (rng) => rng.normal(0, 1, shape);
}
/** Standard normal samples, and the same with the other sign: a ReLU that sleeps on x is in general awake on −x. */
function mirrored(...shape: number[]): (rng: Random) => NDArray {
  return (rng) => {
    const x = rng.normal(0, 1, shape);
    return concatenate([x, x.neg()]);
  };
}
/** Signs by chance, but for the first ones, which every sample has: where all of a sample's are negative, ReLU has nothing to show. */
function signs(
  n: number,
  d: number,
  first: readonly number[],
  choose: (rng: Random, count: number) => NDArray,
): (rng: Random) => NDArray {
  return (rng) => {
    const every = array(Array.from({ length: n }, () => first));
    const rest = d - first.length;
    return concatenate(
      [
        every,
        choose(rng, n * rest)
          .reshape(n, rest)
          .astype("float64"),
      ],
      1,
    );
  };
}
/** Signed numbers at least 0.05 from 0, where ReLU has its kink. */
function awayFromZero(n: number, d: number): (rng: Random) => NDArray {
  const either = signs(n, d, [1, -1], (rng, count) => rng.choice(2, count).mul(2).sub(1));
  return (rng) => rng.uniform(0.05, 2, [n, d]).mul(either(rng));
}
/** Numbers in 0.05 … 0.95. */
function probabilities(...shape: number[]): (rng: Random) => NDArray {
  return (rng) => rng.uniform(0.05, 0.95, shape);
}
/** Rows of probabilities that sum to 1. */
function distributions(n: number, classes: number): (rng: Random) => NDArray {
  return (rng) => {
    const weights = rng.uniform(0.1, 1, [n, classes]);
    return weights.div(weights.sum(1, true));
  };
}
function classes(n: number, count: number): (rng: Random) => NDArray {
  return (rng) => rng.choice(count, n);
}
/** One formula for all x. */
function of(y: string, reduction: Reduction = "none"): Formula {
  return { branches: [{ y }], reduction };
}
const relu: Formula = {
  branches: [
    { where: "x > 0", y: "x" },
    { where: "x < 0", y: "0" },
    { where: "x == 0", y: "0", slope: "0", why: "PyTorch's relu'(0)" },
  ],
};
/** Logarithms cut at −100: a cut one is a constant, and passes 0. */
const binaryCrossEntropy: readonly Branch[] = [
  { where: "x <= exp(-100)", y: "100 * t - (1 - t) * log(1 - x)" },
  { where: "1 - x <= exp(-100)", y: "-t * log(x) + 100 * (1 - t)" },
  { y: "-t * log(x) - (1 - t) * log(1 - x)" },
];
const reductions = ["mean", "sum", "none"] as const;
const softmaxRule =
  "softmax and cross-entropy together have dx = (softmax(x) − one-hot(target)) · dy, for a mean divided by N";

/** The table that drives the gradient checks, the command line, the students' check and the tests. */
export const cases: readonly Case[] = [
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
  {
    ...twins("ReLU", () => []),
    what: "away from its kink",
    x: awayFromZero(4, 5),
    formula: relu,
  },
  {
    ...twins("ReLU", () => []),
    what: "at its kink, where dx is 0 by agreement",
    x: signs(4, 5, [1, 0, -1], (rng, count) => rng.choice(3, count).sub(1)),
    formula: relu,
  },
  { ...twins("Sigmoid", () => []), what: "4 × 5", x: normal(4, 5), formula: of("1 / (1 + exp(-x))") },
  { ...twins("Tanh", () => []), what: "4 × 5", x: normal(4, 5), formula: of("tanh(x)") },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("MSELoss", () => [{ reduction }]),
      what: reduction,
      x: normal(4, 3),
      target: normal(4, 3),
      formula: of("(x - t) ^ 2", reduction),
    }),
  ),
  ...reductions.map(
    (reduction): Case => ({
      ...twins("BCEWithLogitsLoss", () => [{ reduction }]),
      what: reduction,
      x: normal(4, 3),
      target: probabilities(4, 3),
      formula: of("log(1 + exp(x)) - t * x", reduction),
    }),
  ),
  ...reductions.map(
    (reduction): Case => ({
      ...twins("BCELoss", () => [{ reduction }]),
      what: reduction,
      x: probabilities(4, 3),
      target: probabilities(4, 3),
      formula: { branches: binaryCrossEntropy, reduction },
    }),
  ),
  {
    ...twins("BCELoss", () => []),
    what: "at its cuts, where a logarithm of 0 passes 0",
    x: (rng) => rng.choice(3, 12).reshape(4, 3).div(2).astype("float64"),
    target: probabilities(4, 3),
    noDifferences: "they would step outside 0 … 1",
    formula: { branches: binaryCrossEntropy, reduction: "mean" },
  },
  ...reductions.map(
    (reduction): Case => ({
      ...twins("CrossEntropyLoss", () => [{ reduction }]),
      rule: softmaxRule,
      what: `class indices, ${reduction}`,
      x: normal(5, 4),
      target: classes(5, 4),
      ...(reduction === "mean" && { precise: softmaxCrossEntropy }),
    }),
  ),
  ...reductions.map(
    (reduction): Case => ({
      ...twins("CrossEntropyLoss", () => [{ reduction }]),
      rule: softmaxRule,
      what: `probabilities, ${reduction}`,
      x: normal(5, 4),
      target: distributions(5, 4),
    }),
  ),
  {
    ...twins("CrossEntropyLoss", () => []),
    what: "one-hot rows as floats",
    rule: softmaxRule,
    x: normal(5, 4),
    target: (rng) => oneHot(rng.choice(4, 5), 4, { dtype: "float64" }),
  },
  {
    ...twins("CrossEntropyLoss", () => []),
    what: "rows that do not sum to 1",
    rule: "the softmax is multiplied by the sum of its row of targets: softmax(x) − target is right only where that is 1",
    x: normal(5, 4),
    target: probabilities(5, 4),
  },
  { ...twins("MlpClassifier", (rng) => [{ rng }]), what: "the lecture's 2-10-10-10-1", x: normal(6, 2) },
  {
    ...twins("Mlp", (rng) => [{ rng }]),
    what: "784-256-64-10, every one of its 218,058 parameters",
    x: mirrored(3, 28, 28),
    everyParameter: true,
  },
  {
    name: "NonlinearClassifier",
    what: "the lecture's NumPy class",
    manual: (rng, student) => {
      const Net = (student ?? manual.NonlinearClassifier) as Build<manual.NonlinearClassifier>;
      return new LectureLoss(new Net(rng.normal(0, 1, [4, 3]), rng.normal(0, 1, [1, 5])));
    },
    autograd: (rng) => {
      const [W1, W2] = [rng.normal(0, 1, [4, 3]), rng.normal(0, 1, [1, 5])];
      return new LectureLossOnTape(
        new autograd.NonlinearClassifier(new autograd.Tensor(W1, true), new autograd.Tensor(W2, true)),
      );
    },
    x: normal(2, 6),
    target: (rng) => rng.choice(2, 6).reshape(1, 6).astype("float64"),
    batchAxis: 1,
    noInputGradient: "the lecture's class has none",
  },
  optimizers("SGD", "plain", { lr: 0.1 }),
  optimizers("SGD", "momentum", { lr: 0.1, momentum: 0.9 }),
  optimizers("SGD", "momentum and dampening", { lr: 0.1, momentum: 0.9, dampening: 0.5 }),
  optimizers("SGD", "Nesterov and weight decay", {
    lr: 0.1,
    momentum: 0.9,
    nesterov: true,
    weightDecay: 0.1,
  }),
  optimizers("Adam", "defaults", { lr: 0.1 }),
  optimizers("Adam", "betas, eps and weight decay", {
    lr: 0.1,
    betas: [0.8, 0.95],
    eps: 1e-3,
    weightDecay: 0.1,
  }),
];
