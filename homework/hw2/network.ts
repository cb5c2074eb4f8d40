import { Mlp } from "../../manual/index.ts";
import { array, formatShape, maximum, type NDArray, type Random, random, sameShape } from "../../np/index.ts";
import type { Examiner } from "../checks/check.ts";
import type { Arrays } from "../protocol/frame.ts";
import { agreeGradient, agreeValue, type Slip } from "./agreeing.ts";
import { type Batch, numbered } from "./layers.ts";

export type Sizes = readonly [number, number, number, number];

/** The six parameters, in the order of the assignment. */
export const parameterNames: readonly string[] = [
  "linear1.weight",
  "linear1.bias",
  "linear2.weight",
  "linear2.bias",
  "linear3.weight",
  "linear3.bias",
];

/** Draws p0 … p5, as the calls expect them, for a network of these sizes. */
export function drawnParameters(random: Random, sizes: Sizes): Arrays {
  const entries = [0, 1, 2].flatMap((i): [string, NDArray][] => {
    const [D, M] = [sizes[i] as number, sizes[i + 1] as number];
    return [
      [`p${2 * i}`, random.normal(0, 1 / Math.sqrt(D), [M, D])],
      [`p${2 * i + 1}`, random.normal(0, 0.3, [M])],
    ];
  });
  return Object.fromEntries(entries);
}

/** Our network with the values p0 … p5, each copied. */
export function networkOf(values: Arrays): Mlp {
  const p = [0, 1, 2, 3, 4, 5].map((i) => values[`p${i}`] as NDArray);
  const [D = 1, A = 1, B = 1, C = 1] = [p[0]?.shape[1], p[0]?.shape[0], p[2]?.shape[0], p[4]?.shape[0]];
  const model = new Mlp({ sizes: [D, A, B, C], rng: random(0) });
  for (const [i, layer] of [model.layer1, model.layer2, model.layer3].entries()) {
    layer.weight = (p[2 * i] as NDArray).copy();
    layer.bias = (p[2 * i + 1] as NDArray).copy();
  }
  return model;
}

/**
 * The network of the default sizes: its parameters' shapes before training, and the logits that follow from
 * values which are drawn here.
 * @throws Failure
 */
export async function examineFresh(examiner: Examiner): Promise<void> {
  const x = examiner.random.uniform(0, 1, [3, 784]);
  const seed = array(examiner.random.integer(0, 2 ** 31));
  const drawn = drawnParameters(examiner.random, [784, 256, 64, 10]);
  const { logits, ...values } = await examiner.ask("fresh", { ...drawn, x, seed });
  const shapes = [[256, 784], [256], [64, 256], [64], [10, 64], [10]];
  examiner.require(Object.keys(values).length === 6, { where: "parameters() does not list 6 parameters" });
  for (const [i, shape] of shapes.entries()) {
    const value = values[`p${i}`];
    const found = value ? formatShape(value.shape) : "missing";
    examiner.require(value !== undefined && sameShape(value.shape, shape), {
      where: `parameters()[${i}], which is ${parameterNames[i]}, is ${found}, expected ${formatShape(shape)}`,
    });
  }
  const right = networkOf(drawn);
  agreeValue("the output", logits, right.forward(x), { inputs: [x], slips: slipsOf(right, x) });
}

/**
 * The logits and all gradients of a small network with given values; one object sees all batches.
 * @throws Failure
 */
export async function examineNetwork(
  examiner: Examiner,
  values: Arrays,
  batches: readonly Batch[],
): Promise<void> {
  const found = await examiner.ask("mlp", { ...values, ...numbered(batches) });
  const right = networkOf(values);
  for (const [i, { x, dy }] of batches.entries()) {
    agreeValue("the output", found[`y${i}`], right.forward(x), { inputs: [x], slips: slipsOf(right, x) });
    agreeGradient(examiner, "x", found[`dx${i}`], right.backward(dy), { inputs: [x] });
  }
  const layers = [right.layer1, right.layer2, right.layer3];
  const gradients = layers.flatMap(({ dWeight, dBias }) => [dWeight, dBias] as NDArray[]);
  for (const [i, gradient] of gradients.entries())
    agreeGradient(examiner, parameterNames[i] as string, found[`g${i}`], gradient, { own: -1 });
}

function slipsOf({ layer1, layer2, layer3 }: Mlp, x: NDArray): readonly Slip[] {
  const relu = (a: NDArray): NDArray => maximum(a, 0);
  const through = (f: (a: NDArray) => NDArray): NDArray =>
    layer3.forward(f(layer2.forward(f(layer1.forward(x)))));
  return [
    {
      cause: "wrong term",
      what: "has a ReLU on it, so no logit is negative",
      cure: "no ReLU after the third layer",
      value: () => relu(through(relu)),
    },
    {
      cause: "term missing",
      what: "is that of a network without ReLU",
      cure: "a ReLU after the first and after the second layer",
      value: () => through((a) => a),
    },
  ];
}
