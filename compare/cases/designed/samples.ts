import { array, type DType, type NDArray, type Random } from "../../../np/index.ts";
import type { CaseInputs } from "../../subjects/inputs.ts";
import { type BothSides, drawnTwins, type Twin } from "../case.ts";
import {
  around,
  aroundRamp,
  awayFromZero,
  classes,
  distributions,
  logDistributions,
  normal,
  probabilities,
  ramp,
  signed,
} from "../inputs.ts";
import { redrawn } from "../parameters.ts";
import { distinct } from "../pool-cases.ts";

/** What a class with weights takes besides its sizes. */
type Weights = { readonly rng: Random; readonly dtype?: DType };

/** One typical use of a class, with as many samples as wanted, each of 6 features or more. */
export interface Sample {
  readonly name: Twin;
  readonly kind: "activation" | "loss" | "layer";
  readonly hasWeights: boolean;
  readonly args: (weights: Weights) => readonly unknown[];
  readonly inputs: (n: number) => CaseInputs;
  readonly sides?: (sides: BothSides) => BothSides;
}

/** Both sides of a sample, with weights of this type. */
export function sidesOf({ name, args, sides }: Sample, dtype?: DType): BothSides {
  const twins = drawnTwins(name, (rng) => args({ rng, ...(dtype && { dtype }) }));
  return sides?.(twins) ?? twins;
}

const none = (): readonly unknown[] => [];
const typed = ({ dtype }: Weights): readonly object[] => (dtype ? [{ dtype }] : []);
const features = (n: number): CaseInputs => ({ x: awayFromZero(n, 7) });

function activation(name: Twin, args: Sample["args"] = none, inputs: Sample["inputs"] = features): Sample {
  return { name, kind: "activation", hasWeights: false, args, inputs };
}
function loss(name: Twin, inputs: Sample["inputs"]): Sample {
  return { name, kind: "loss", hasWeights: false, args: none, inputs };
}
function layer(name: Twin, args: Sample["args"], inputs: Sample["inputs"]): Sample {
  return { name, kind: "layer", hasWeights: true, args, inputs };
}
function without(name: Twin, args: Sample["args"], inputs: Sample["inputs"]): Sample {
  return { ...layer(name, args, inputs), hasWeights: false };
}
/** The layer with random parameters in place of 1 and 0. */
function normalization(name: Twin, args: Sample["args"], inputs: Sample["inputs"]): Sample {
  return { ...layer(name, args, inputs), sides: redrawn };
}

/** Vectors of both similarities, and the signs that say which. */
function alike(n: number): CaseInputs {
  const target = (): NDArray => array(Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1)));
  return {
    x: probabilities(n, 6),
    x2: (rng) => probabilities(n, 6)(rng).mul(target().mul(-1).add(2).reshape(n, 1)),
    target,
  };
}
function indices(n: number): (rng: Random) => NDArray {
  return (rng) => rng.choice(9, n * 2).reshape(n, 2);
}

/** One sample for every class with a gradient of its own. */
export const samples: readonly Sample[] = [
  activation("ReLU"),
  activation("Sigmoid"),
  activation("Tanh"),
  activation("SELU"),
  activation("SiLU"),
  activation("LeakyReLU", () => [1.5]),
  activation("PReLU", (w) => [7, { init: 1.5, ...(w.dtype && { dtype: w.dtype }) }]),
  activation("ELU", () => [1.5]),
  activation(
    "Hardtanh",
    () => [0, { maxVal: 6 }],
    (n) => ({ x: around(6, n, 7) }),
  ),
  activation("GELU"),
  activation("Softplus"),
  activation("Softmax", () => [1]),
  activation("LogSoftmax", () => [1]),
  loss("MSELoss", (n) => ({ x: normal(n, 6), target: normal(n, 6) })),
  loss("L1Loss", (n) => ({ x: aroundRamp(1, n, 6), target: () => ramp(n, 6) })),
  loss("SmoothL1Loss", (n) => ({ x: aroundRamp(1, n, 6), target: () => ramp(n, 6) })),
  loss("HuberLoss", (n) => ({ x: aroundRamp(1, n, 6), target: () => ramp(n, 6) })),
  loss("BCEWithLogitsLoss", (n) => ({ x: normal(n, 6), target: probabilities(n, 6) })),
  loss("BCELoss", (n) => ({ x: probabilities(n, 6), target: probabilities(n, 6) })),
  loss("HingeEmbeddingLoss", (n) => ({ x: around(1, n, 6), target: signed(n, 6) })),
  loss("CrossEntropyLoss", (n) => ({ x: normal(n, 11), target: classes(n, 11) })),
  loss("NLLLoss", (n) => ({ x: logDistributions(n, 11), target: classes(n, 11) })),
  loss("KLDivLoss", (n) => ({ x: logDistributions(n, 6), target: distributions(n, 6) })),
  loss("MultiMarginLoss", (n) => ({ x: normal(n, 6), target: classes(n, 6) })),
  loss("CosineEmbeddingLoss", alike),
  layer(
    "Linear",
    (w) => [7, 6, w],
    (n) => ({ x: normal(n, 7) }),
  ),
  without("Flatten", none, (n) => ({ x: normal(n, 2, 3) })),
  layer(
    "Bilinear",
    (w) => [6, 2, 3, w],
    (n) => ({ x: normal(n, 6), x2: normal(n, 2) }),
  ),
  layer(
    "Conv1d",
    (w) => [2, 3, 3, w],
    (n) => ({ x: normal(n, 2, 6) }),
  ),
  layer(
    "Conv2d",
    (w) => [2, 3, 2, w],
    (n) => ({ x: normal(n, 2, 3, 3) }),
  ),
  layer(
    "ConvTranspose2d",
    (w) => [2, 3, 2, w],
    (n) => ({ x: normal(n, 2, 2, 2) }),
  ),
  without(
    "MaxPool2d",
    () => [2],
    (n) => ({ x: distinct(n, 2, 4, 4) }),
  ),
  without(
    "AvgPool2d",
    () => [2],
    (n) => ({ x: normal(n, 2, 4, 4) }),
  ),
  without(
    "AdaptiveAvgPool2d",
    () => [[2, 1]],
    (n) => ({ x: normal(n, 2, 3, 3) }),
  ),
  layer(
    "Embedding",
    (w) => [9, 6, w],
    (n) => ({ x: indices(n) }),
  ),
  normalization(
    "BatchNorm1d",
    (w) => [6, ...typed(w)],
    (n) => ({ x: normal(n, 6) }),
  ),
  normalization(
    "BatchNorm2d",
    (w) => [2, ...typed(w)],
    (n) => ({ x: normal(n, 2, 2, 3) }),
  ),
  normalization(
    "LayerNorm",
    (w) => [6, ...typed(w)],
    (n) => ({ x: normal(n, 6) }),
  ),
  normalization(
    "GroupNorm",
    (w) => [2, 6, ...typed(w)],
    (n) => ({ x: normal(n, 6) }),
  ),
];
