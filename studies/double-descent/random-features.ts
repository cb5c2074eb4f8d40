import { maximum, type NDArray, type Random } from "../../np/index.ts";
import { count, expectArgument, stream } from "../../np/internal.ts";

/**
 * σ(x W) with a W that is never trained, W ~ N(0, 2/D): a layer of `features` random ReLUs. Returns
 * the layer as a function. With least squares on top it is a net whose number of weights is free.
 * Shapes: x (N, D) → (N, features), where D is `inputs`.
 * @throws RangeError for fewer than 1 input or feature
 * @see Belkin et al., "Reconciling modern machine-learning practice and the bias–variance
 * trade-off", PNAS 2019
 * @example
 * const lift = randomFeatures(2, 100, random(0));
 * const { x } = moons({ n: 40, rng: random(1) });
 * lift(x).shape // [40, 100]
 */
export function randomFeatures(inputs: number, features: number, rng: Random): (x: NDArray) => NDArray {
  expectArgument("randomFeatures", "inputs", count(), inputs);
  expectArgument("randomFeatures", "features", count(), features);
  expectArgument("randomFeatures", "rng", stream, rng);
  const w = rng.normal(0, Math.sqrt(2 / inputs), [inputs, features]);
  return (x) => maximum(x.matmul(w), 0);
}
