import { DeepMlp } from "../../autograd/index.ts";
import { array, random } from "../../np/index.ts";

/**
 * A net of ReLUs that is the sawtooth with 2ᵏ⁻¹ teeth on [0, 1], without training. One tooth is
 * t(x) = 2 σ(x) − 4 σ(x − ½), and t after t has twice as many. Each of the k hidden layers has two
 * units, σ(t) and σ(t − ½).
 */
export function handSet(k: number): DeepMlp {
  const model = new DeepMlp({ sizes: [1, ...Array<number>(k).fill(2), 1], rng: random(0) });
  const tooth = [2, -4];
  const state = model.stateDict();
  for (let layer = 1; layer <= k + 1; layer++) {
    const isFirst = layer === 1;
    const isLast = layer === k + 1;
    const weight = isFirst ? [[1], [1]] : isLast ? [tooth] : [tooth, tooth];
    state[`layer${layer}.weight`]?.copyFrom(array(weight));
    state[`layer${layer}.bias`]?.copyFrom(array(isLast ? [0] : [0, -0.5]));
  }
  return model;
}
