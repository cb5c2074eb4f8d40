import { contracts, type DropoutOptions } from "../../contracts/index.ts";
import { dropoutMask, settle } from "../../contracts/internal.ts";
import type { Random } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * In training y = x ⊙ mask. Each mask number is 0 with probability p, else 1 / (1 − p),
 * drawn anew in every forward. In evaluation y = x.
 * Shapes: x (any) → y (the same).
 * Defaults: p 0.5; masks come from a separate stream, spawned from `rng`,
 * so twins with the same seed draw the same masks.
 * @throws RangeError for p outside 0 … 1
 * @see Srivastava et al., "Dropout", JMLR 15 (2014), section 4; PyTorch's `torch.nn.Dropout`
 */
export class Dropout extends Module {
  readonly p: number;
  readonly rng: Random;

  constructor(p?: number, options: DropoutOptions = {}) {
    super();
    const given = settle(contracts.Dropout, { p }, options);
    this.p = given.p;
    this.rng = given.rng.spawn();
  }

  forward(x: Tensor): Tensor {
    const mask = this.training ? dropoutMask(x.shape, this.p, this.rng, x.dtype) : 1;
    return x.mul(mask);
  }
}
