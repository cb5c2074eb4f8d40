import { DeepMlp } from "../../autograd/index.ts";
import { array, type NDArray, random } from "../../np/index.ts";
import { expectArgument, integer, ndarray } from "../../np/internal.ts";

/**
 * A net of ReLUs that is a sawtooth on [0, 1], without training. One tooth is
 * t(x) = 2 σ(x) − 4 σ(x − ½), and t after t has twice as many. Each hidden layer has two units,
 * σ(t) and σ(t − ½), and doubles the teeth: `layers` of them make 2 to the power layers − 1.
 * Shapes: x (N, 1) → (N, 1).
 * @throws RangeError for fewer than 1 layer, or more than 30
 * @see Telgarsky, "Representation Benefits of Deep Feedforward Networks", 2015
 * @example
 * const net = sawtoothByHand(2);
 * net.forward(tensor([[0], [0.25], [0.5], [0.75]])) // [[0], [1], [0], [1]]
 */
export function sawtoothByHand(layers: number): DeepMlp {
  expectArgument("sawtoothByHand", "layers", integer({ least: 1, most: 30 }), layers);
  const model = new DeepMlp({ sizes: [1, ...Array<number>(layers).fill(2), 1], rng: random(0) });
  const tooth = [2, -4];
  const state = model.stateDict();
  for (let layer = 1; layer <= layers + 1; layer++) {
    const isFirst = layer === 1;
    const isLast = layer === layers + 1;
    const weight = isFirst ? [[1], [1]] : isLast ? [tooth] : [tooth, tooth];
    state[`layer${layer}.weight`]?.copyFrom(array(weight));
    state[`layer${layer}.bias`]?.copyFrom(array(isLast ? [0] : [0, -0.5]));
  }
  return model;
}

/**
 * The sawtooth itself: each of its teeth on [0, 1] goes from 0 to 1 and back.
 * Shapes: equal.
 * @throws RangeError for fewer than 1 tooth
 * @example sawtoothWave(array([0, 0.25, 0.5]), 2) // [0, 1, 0]
 */
export function sawtoothWave(x: NDArray, teeth: number): NDArray {
  expectArgument("sawtoothWave", "x", ndarray, x);
  expectArgument("sawtoothWave", "teeth", integer({ least: 1 }), teeth);
  const y = x.astype("float64").mul(teeth);
  const values = y.flat();
  for (let i = 0; i < values.length; i++) {
    const at = values[i] ?? 0;
    values[i] = 1 - Math.abs(2 * (at - Math.floor(at)) - 1);
  }
  return y;
}
