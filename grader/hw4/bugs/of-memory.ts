import { type Named, type Rule, rightRules } from "../../../homework/internal.ts";
import type { NDArray, Random } from "../../../np/index.ts";
import { type Bug, type Bugged, type Stratum, stratum } from "./stratum.ts";

const { chain, curves, drawnShape, elementwise, linear, scaled, shrunk } = rightRules;

const aLinear = (random: Random): Rule => linear(random, drawnShape(random), 4);
const aSigmoid = (random: Random): Rule => elementwise(curves.sigmoid, drawnShape(random));
const aSwish = (random: Random): Rule => elementwise(curves.swish, drawnShape(random));
const aSoftplus = (random: Random): Rule => elementwise(curves.softplus, drawnShape(random));
const aScaled = (random: Random): Rule => scaled(random, curves.softplus, drawnShape(random));
const aNeuron = (random: Random): Rule => {
  const shape = drawnShape(random);
  return chain(linear(random, shape, 4), elementwise(curves.tanh, [shape[0], 4]));
};

/** dx for the x of the first backward. */
const firstX: Bug = (right) => {
  let first: NDArray | null = null;
  return (dy, x, p) => {
    first ??= x;
    return { ...right.backward(dy, x, p), dx: right.backward(dy, first, p).dx };
  };
};

/** All for the dy of the backward before this one; the first has only its own. */
const lastDy: Bug = (right) => {
  let last: NDArray | null = null;
  return (dy, x, p) => {
    const found = right.backward(last ?? dy, x, p);
    last = dy;
    return found;
  };
};

/** dx for the parameters of the first backward. */
const firstParameters: Bug = (right) => {
  let first: Named | null = null;
  return (dy, x, p) => {
    first ??= p;
    return { ...right.backward(dy, x, p), dx: right.backward(dy, x, first).dx };
  };
};

/** Every gradient, by this factor. */
const times =
  (factor: number): Bug =>
  (right) =>
  (dy, x, p) =>
    right.backward(dy.mul(factor), x, p);

/** Bugs that show from the second call on, and one in a layer whose gradients are tiny. */
export const ofMemory: readonly Stratum<Bugged>[] = [
  stratum("first-x", [
    ["sigmoid: dx for the first x", aSigmoid, firstX],
    ["swish: dx for the first x", aSwish, firstX],
    ["softplus: dx for the first x", aSoftplus, firstX],
  ]),
  stratum("last-dy", [
    ["linear: gradients for the dy of the call before", aLinear, lastDy],
    ["softplus: gradients for the dy of the call before", aScaled, lastDy],
    ["tanh neuron: gradients for the dy of the call before", aNeuron, lastDy],
  ]),
  stratum(
    "first-parameters",
    [
      ["linear: dx for the first parameters", aLinear, firstParameters],
      ["softplus: dx for the first parameters", aScaled, firstParameters],
      ["tanh neuron: dx for the first parameters", aNeuron, firstParameters],
    ],
    { frees: true },
  ),
  stratum("tiny", [
    ["linear times 1e-6: gradients four times the right ones", (r) => shrunk(aLinear(r), 1e-6, 0), times(4)],
    [
      "softplus times 1e-6: gradients three times the right ones",
      (r) => shrunk(aScaled(r), 1e-6, 0),
      times(3),
    ],
    ["tanh neuron times 1e-6: gradients half the right ones", (r) => shrunk(aNeuron(r), 1e-6, 0), times(0.5)],
  ]),
];
