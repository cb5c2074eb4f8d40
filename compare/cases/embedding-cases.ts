import { array, type NDArray, type Random } from "../../np/index.ts";
import { type Case, twins } from "./case.ts";

/** Draws indices below `rows`, the first two equal and the third 0: one row is used twice, and the padding row is used. */
function indices(rows: number, ...shape: number[]): (rng: Random) => NDArray {
  return (rng) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const drawn = [...rng.choice(rows - 1, size).flat()].map((index) => index + 1);
    const [first] = drawn as [number];
    return array([first, first, 0, ...drawn.slice(3)].slice(0, size), { dtype: "int32" }).reshape(shape);
  };
}

const noInputGradient = "indices have no gradient";

const constantPadding = "the gradient of the padding row is 0 by convention, though y depends on it";

/** Embeddings, which map indices to rows of the weight. */
export const embeddingCases: readonly Case[] = [
  {
    ...twins("Embedding", (rng) => [6, 3, { rng }]),
    what: "sequences, one row used twice",
    inputs: { x: indices(6, 3, 4) },
    expects: { noInputGradient, zeroSecondDerivatives: ["weight"] },
  },
  {
    ...twins("Embedding", (rng) => [5, 2, { rng, paddingIdx: 0 }]),
    what: "a padding row",
    inputs: { x: indices(5, 4) },
    expects: { noInputGradient, zeroSecondDerivatives: ["weight"] },
    witnesses: { noDifferences: constantPadding },
  },
  {
    ...twins("Embedding", (rng) => [5, 2, { rng, paddingIdx: -5 }]),
    what: "a padding row counted from the end",
    inputs: { x: indices(5, 2, 3) },
    expects: { noInputGradient, zeroSecondDerivatives: ["weight"] },
    witnesses: { noDifferences: constantPadding },
  },
];
