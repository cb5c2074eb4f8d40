import { type Rule, rightRules } from "../../../homework/internal.ts";
import { flip, type NDArray, onesLike, type Random } from "../../../np/index.ts";
import { type Bug, type Bugged, type Stratum, stratum, wrongGradient } from "./stratum.ts";

const { chain, curves, drawnShape, elementwise, linear, scaled } = rightRules;

/** As many outputs as inputs, so that a transposed weight gradient has the right shape. */
const aSquare = (random: Random): Rule => {
  const shape = drawnShape(random);
  return linear(random, shape, shape[1]);
};
const aLinear = (random: Random): Rule => linear(random, drawnShape(random), 4);
const aSigmoid = (random: Random): Rule => scaled(random, curves.sigmoid, drawnShape(random));
const aSwish = (random: Random): Rule => scaled(random, curves.swish, drawnShape(random));
const aNeuron = (random: Random): Rule => {
  const shape = drawnShape(random);
  return chain(linear(random, shape, 4), elementwise(curves.softplus, [shape[0], 4]));
};
/** linear, tanh, then a square linear layer, which keeps the names weight and bias. */
const aNetwork = (random: Random): Rule => {
  const shape = drawnShape(random);
  const hidden = chain(linear(random, shape, 3), elementwise(curves.tanh, [shape[0], 3]));
  return chain(hidden, linear(random, [shape[0], 3], 3));
};

const dividedByN = (name: string): Bug => wrongGradient(name, (g, dy) => g.div(dy.shape[0] as number));

/** The right backward with another dy, for this gradient alone. */
const withDy =
  (name: string, change: (dy: NDArray) => NDArray): Bug =>
  (right) =>
  (dy, x, p) => {
    const { dx, gradients } = right.backward(dy, x, p);
    const other = right.backward(change(dy), x, p).gradients;
    return { dx, gradients: { ...gradients, [name]: other[name] as NDArray } };
  };

const transposed = (name: string): Bug => wrongGradient(name, (g) => g.T.copy());

const withoutLast = (name: string): Bug =>
  wrongGradient(name, (g) => {
    const wrong = g.copy();
    for (let row = 0; row < (g.shape[0] as number); row++) wrong.set(0, row, -1);
    return wrong;
  });

/** Gradients that grow from call to call. */
const accumulating: Bug = (right) => {
  let sums: Record<string, NDArray> = {};
  return (dy, x, p) => {
    const { dx, gradients } = right.backward(dy, x, p);
    const added = Object.entries(gradients).map(([name, g]) => [name, sums[name]?.add(g) ?? g] as const);
    sums = Object.fromEntries(added);
    return { dx, gradients: sums };
  };
};

/** Bugs that show in the gradients of parameters and not in dx. */
export const ofParameters: readonly Stratum<Bugged>[] = [
  stratum("bias-mean", [
    ["network: the bias gradient is the mean over the batch", aNetwork, dividedByN("bias")],
    ["sigmoid: the shift gradient is the mean over the batch", aSigmoid, dividedByN("shift")],
    ["softplus neuron: the bias gradient is the mean over the batch", aNeuron, dividedByN("bias1")],
  ]),
  stratum(
    "weight-mean",
    [
      ["linear: the weight gradient is divided by N", aLinear, dividedByN("weight")],
      ["sigmoid: the scale gradient is divided by N", aSigmoid, dividedByN("scale")],
      ["softplus neuron: the weight gradient is divided by N", aNeuron, dividedByN("weight1")],
    ],
    { reuses: true },
  ),
  stratum("weight-transposed", [
    ["linear: the weight gradient is transposed", aSquare, transposed("weight")],
    ["network: the last weight gradient is transposed", aNetwork, transposed("weight")],
    [
      "linear, then sigmoid: the weight gradient is transposed",
      (r) => {
        const shape = drawnShape(r);
        return chain(linear(r, shape, shape[1]), elementwise(curves.sigmoid, shape));
      },
      transposed("weight1"),
    ],
  ]),
  stratum("weight-ignores-dy", [
    ["linear: the weight gradient for dy = 1", aLinear, withDy("weight", onesLike)],
    ["sigmoid: the scale gradient for dy = 1", aSigmoid, withDy("scale", onesLike)],
    ["network: the last weight gradient for dy = 1", aNetwork, withDy("weight", onesLike)],
  ]),
  stratum("weight-row-order", [
    ["linear: rows of dy in reverse order", aLinear, withDy("weight", (dy) => flip(dy, 0))],
    ["swish: rows of dy in reverse order", aSwish, withDy("scale", (dy) => flip(dy, 0))],
    ["softplus neuron: rows of dy in reverse order", aNeuron, withDy("weight1", (dy) => flip(dy, 0))],
  ]),
  stratum("weight-last-column", [
    ["linear: the last column of the weight gradient is missing", aLinear, withoutLast("weight")],
    ["softplus neuron: the last column is missing", aNeuron, withoutLast("weight1")],
    ["network: the last column of the last weight gradient is missing", aNetwork, withoutLast("weight")],
  ]),
  stratum("accumulates", [
    ["sigmoid: gradients add up from call to call", aSigmoid, accumulating],
    ["swish: gradients add up from call to call", aSwish, accumulating],
    ["network: gradients add up from call to call", aNetwork, accumulating],
  ]),
];
