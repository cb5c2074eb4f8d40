import { array, type NDArray, type Random } from "../../../np/index.ts";
import { type Case, twins } from "../case.ts";
import { classes, factors, normal, probabilities } from "../inputs.ts";

const everyVector =
  "the layer maps every vector of x, and dW and db sum over all of them: dy.reshape(-1, M) and x.reshape(-1, D) have them as rows";
const biasIsAdded = { zeroSecondDerivatives: ["bias"] };
const isLinear = { zeroSecondDerivatives: ["x"] };

/** The class of one sample: an index without axes. */
function oneClass(count: number): (rng: Random) => NDArray {
  return (rng) => classes(1, count)(rng).reshape([]);
}

/** Rows whose x has more axes than (N, D), or is one sample without a batch axis. */
const rows: readonly Omit<Case, "drawn">[] = [
  {
    ...twins("Linear", (rng) => [4, 3, { rng }]),
    what: "(N, T, D): sequences",
    inputs: { x: normal(2, 3, 4) },
    expects: biasIsAdded,
    hints: { dx: everyVector },
  },
  {
    ...twins("Linear", (rng) => [4, 3, { rng }]),
    what: "(D,): one vector",
    inputs: { x: normal(4), batchAxis: null },
    expects: biasIsAdded,
    hints: { dx: everyVector },
  },
  {
    ...twins("Bilinear", (rng) => [3, 2, 4, { rng }]),
    what: "(N, T, D) and (N, T, E): sequences",
    inputs: { x: normal(2, 2, 3), x2: normal(2, 2, 2) },
    expects: biasIsAdded,
  },
  {
    ...twins("CrossEntropyLoss", (rng) => [{ labelSmoothing: 0.1, weight: factors(rng, 4) }]),
    what: "(C,): one sample, an index",
    inputs: { x: normal(4), target: oneClass(4), batchAxis: null },
  },
  {
    ...twins("NLLLoss", (rng) => [{ weight: factors(rng, 3), reduction: "none" }]),
    what: "(C,): one sample, none",
    inputs: { x: normal(3), target: oneClass(3), batchAxis: null },
    expects: isLinear,
  },
  {
    ...twins("CosineEmbeddingLoss", () => [{ reduction: "none" }]),
    what: "(D,): one pair, none",
    inputs: { x: probabilities(4), x2: probabilities(4), target: () => array(-1), batchAxis: null },
  },
];

export const axes: readonly Case[] = rows.map((row) => ({ ...row, drawn: "axes" }));
