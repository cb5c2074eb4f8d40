import { array, type NDArray, type Random } from "../../../np/index.ts";
import {
  around,
  aroundRamp,
  classes,
  classesAfter,
  distributions,
  factors,
  halfNegative,
  logDistributions,
  normal,
  probabilities,
  ramp,
  signed,
} from "../inputs.ts";
import { given, type Level } from "./levels.ts";
import type { Inputs, Plan } from "./plan.ts";

/** What a class target can be. */
const target: readonly Level[] = ["indices", "probabilities", "pixels", "soft pixels"].map(level);
const indices: readonly Level[] = ["indices", "pixels"].map(level);
function level(value: string): Level {
  return { label: value, value };
}

function kindOf({ x, target }: Inputs): Readonly<Record<string, string>> {
  const isSoft = target?.dtype === "float64";
  if (x.ndim > 2) return { target: isSoft ? "soft pixels" : "pixels" };
  return { target: isSoft ? "probabilities" : "indices" };
}

const classWeight = given((rng) => factors(rng, 4));
const columnWeight = given((rng) => factors(rng, 3));

/** Indices with an ignored one, of rows or of pixels. */
function some(ignored: unknown, ...shape: number[]): (rng: Random) => NDArray {
  const size = shape.reduce((product, n) => product * n, 1);
  return (rng) => classesAfter(typeof ignored === "number" ? ignored : -100, size, 4)(rng).reshape(shape);
}

/** The options of losses. */
export const lossPlans: readonly Plan[] = [
  { name: "MSELoss", inputs: () => ({ x: normal(4, 3), target: normal(4, 3) }) },
  { name: "L1Loss", inputs: () => ({ x: aroundRamp(1, 4, 3), target: () => ramp(4, 3) }) },
  {
    name: "SmoothL1Loss",
    inputs: ({ beta }) => ({ x: aroundRamp(Number(beta || 1), 4, 3), target: () => ramp(4, 3) }),
  },
  {
    name: "HuberLoss",
    inputs: ({ delta }) => ({ x: aroundRamp(Number(delta ?? 1), 4, 3), target: () => ramp(4, 3) }),
  },
  {
    name: "BCEWithLogitsLoss",
    more: { weight: columnWeight, posWeight: columnWeight },
    inputs: () => ({ x: normal(4, 3), target: probabilities(4, 3) }),
  },
  {
    name: "BCELoss",
    more: { weight: columnWeight },
    inputs: () => ({ x: probabilities(4, 3), target: probabilities(4, 3) }),
  },
  {
    name: "HingeEmbeddingLoss",
    inputs: ({ margin }) => ({ x: around(Number(margin ?? 1), 3, 4), target: signed(3, 4) }),
  },
  {
    name: "CrossEntropyLoss",
    more: { target, weight: classWeight },
    seen: kindOf,
    except: (s) => typeof s.ignoreIndex === "number" && !["indices", "pixels"].includes(String(s.target)),
    inputs: (s) => {
      if (s.target === "pixels") return { x: normal(2, 4, 3), target: some(s.ignoreIndex, 2, 3) };
      if (s.target === "soft pixels") return { x: normal(2, 4, 3), target: probabilities(2, 4, 3) };
      return {
        x: normal(5, 4),
        target: s.target === "indices" ? some(s.ignoreIndex, 5) : distributions(5, 4),
      };
    },
  },
  {
    name: "NLLLoss",
    more: { target: indices, weight: classWeight },
    seen: kindOf,
    inputs: (s) =>
      s.target === "pixels"
        ? { x: normal(2, 4, 3), target: some(s.ignoreIndex, 2, 3) }
        : { x: logDistributions(5, 4), target: some(s.ignoreIndex, 5) },
  },
  {
    name: "KLDivLoss",
    inputs: ({ logTarget }) => ({
      x: logDistributions(4, 3),
      target: logTarget ? logDistributions(4, 3) : distributions(4, 3),
    }),
  },
  {
    name: "MultiMarginLoss",
    more: { weight: classWeight },
    inputs: () => ({ x: normal(5, 4), target: classes(5, 4) }),
  },
  {
    name: "CosineEmbeddingLoss",
    inputs: () => ({
      x: probabilities(4, 3),
      x2: halfNegative(4, 3),
      target: () => array([1, -1, -1, 1]),
    }),
  },
];
