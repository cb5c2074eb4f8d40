import { type DType, type NDArray, Random, sizeOf } from "../np/index.ts";

export interface InitOptions {
  readonly rng: Random;
  /** Default "float64". */
  readonly dtype?: DType;
}

/**
 * W ~ U(−bound, bound) with bound = √(6 / ((1 + a²) · fanIn)), fanIn = the product of all axes but the first. PyTorch's layers
 * use a = √5, which makes the bound 1 / √fanIn.
 * @see He et al., "Delving Deep into Rectifiers", ICCV 2015, eq. 10; `torch.nn.init.kaiming_uniform_`
 */
export function kaimingUniform(shape: readonly number[], a: number, { rng, dtype }: InitOptions): NDArray {
  if (!(rng instanceof Random)) throw new TypeError(`rng is ${rng}; pass a generator: random(seed)`);
  const bound = Math.sqrt(6 / ((1 + a * a) * sizeOf(shape.slice(1))));
  return rng.uniform(-bound, bound, shape, { dtype });
}

/** b ~ U(−1/√fanIn, 1/√fanIn): PyTorch's bias of a layer with `fanIn` inputs. */
export function biasUniform(features: number, fanIn: number, { rng, dtype }: InitOptions): NDArray {
  const bound = 1 / Math.sqrt(fanIn);
  return rng.uniform(-bound, bound, [features], { dtype });
}
