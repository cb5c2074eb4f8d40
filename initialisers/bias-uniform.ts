import type { NDArray } from "../np/index.ts";
import { expectRng, type InitOptions } from "./init-options.ts";

/** b ~ U(−1/√fanIn, 1/√fanIn): PyTorch's bias for a layer with `fanIn` inputs. */
export function biasUniform(features: number, fanIn: number, { rng, dtype }: InitOptions): NDArray {
  const bound = 1 / Math.sqrt(fanIn);
  return expectRng("biasUniform", rng).uniform(-bound, bound, [features], { dtype });
}
