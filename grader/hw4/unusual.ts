import { type Named, PlantedLayer, type Rule, rightRules } from "../../homework/internal.ts";
import { array, maximum, type NDArray, type Random } from "../../np/index.ts";
import type { Stratum } from "./bugs/stratum.ts";

const { chain, curves, drawnShape, elementwise, linear, noGradients, of, scaled, shrunk } = rightRules;

const aLinear = (random: Random): Rule => linear(random, drawnShape(random), 4);
const aScaled = (random: Random): Rule => scaled(random, curves.sigmoid, drawnShape(random));
const aNeuron = (random: Random): Rule => {
  const shape = drawnShape(random);
  return chain(linear(random, shape, 4), elementwise(curves.tanh, [shape[0], 4]));
};

/** Every output is rounded to float32; the gradients are exact. */
function rounded(rule: Rule): Rule {
  const round = (y: NDArray): NDArray => array(Float64Array.from(y.flat(), Math.fround)).reshape(y.shape);
  return { ...rule, forward: (x, p) => round(rule.forward(x, p)) };
}

/** relu(x·W + b), where one unit has only zeros: its sum is exactly at the kink for every x. */
function withZeroUnit(random: Random, columns: number): Rule {
  const right = linear(random, drawnShape(random), columns);
  const unit = random.integers(0, columns);
  const weight = of(right.parameters, "weight").copy();
  const bias = of(right.parameters, "bias").copy();
  weight.set(0, [], unit);
  bias.set(0, unit);
  return {
    ...right,
    parameters: { weight, bias },
    forward: (x, p) => maximum(right.forward(x, p), 0),
    backward: (dy, x, p) => right.backward(dy.mul(right.forward(x, p).greater(0)), x, p),
  };
}

/** So far from its middle that every output is exactly `limit`, and every gradient exactly 0. */
function flat(rule: Rule, limit: number): Rule {
  const constant = (x: NDArray, p: Named): NDArray => rule.forward(x, p).mul(0).add(limit);
  return {
    ...rule,
    forward: constant,
    backward: (_dy, x, p) => ({ dx: x.mul(0), gradients: noGradients(p) }),
  };
}

const saving = { reuses: true, frees: true };

/** The five kinds of right layers that a hasty test calls wrong. */
export const unusual: readonly Stratum[] = [
  {
    id: "saves-memory",
    variants: [
      { what: "linear, in the same arrays", layer: (r) => new PlantedLayer(aLinear(r), saving) },
      { what: "sigmoid, in the same arrays", layer: (r) => new PlantedLayer(aScaled(r), saving) },
      { what: "tanh neuron, in the same arrays", layer: (r) => new PlantedLayer(aNeuron(r), saving) },
    ],
  },
  {
    id: "rounds",
    variants: [
      { what: "linear in float32", layer: (r) => new PlantedLayer(rounded(aLinear(r))) },
      { what: "sigmoid in float32", layer: (r) => new PlantedLayer(rounded(aScaled(r))) },
      { what: "tanh neuron in float32", layer: (r) => new PlantedLayer(rounded(aNeuron(r))) },
    ],
  },
  {
    id: "kink",
    variants: [2, 3, 4].map((columns) => ({
      what: `relu with a zero unit among ${columns}`,
      layer: (r) => new PlantedLayer(withZeroUnit(r, columns)),
    })),
  },
  {
    id: "tiny-right",
    variants: [
      { what: "1 + 1e-6 · linear", layer: (r) => new PlantedLayer(shrunk(aLinear(r), 1e-6, 1)) },
      { what: "2 + 1e-6 · sigmoid", layer: (r) => new PlantedLayer(shrunk(aScaled(r), 1e-6, 2)) },
      { what: "1 + 1e-6 · tanh neuron", layer: (r) => new PlantedLayer(shrunk(aNeuron(r), 1e-6, 1)) },
    ],
  },
  {
    id: "flat",
    variants: [
      { what: "linear, cut off at 1", layer: (r) => new PlantedLayer(flat(aLinear(r), 1)) },
      { what: "sigmoid, cut off at 2", layer: (r) => new PlantedLayer(flat(aScaled(r), 2)) },
      { what: "tanh neuron, cut off at 0", layer: (r) => new PlantedLayer(flat(aNeuron(r), 0)) },
    ],
  },
];
