import { contracts, type DropoutOptions } from "../../contracts/index.ts";
import { dropoutMask, expectShape, settle } from "../../contracts/internal.ts";
import type { Random } from "../../np/index.ts";
import { Module } from "../module.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Dropout of whole channels, since their pixels resemble each other. In training y = x ⊙ mask,
 * with one mask number per sample and channel.
 * Shapes: x (N, C, H, W), mask (N, C, 1, 1) → y (N, C, H, W).
 * Defaults: p 0.5; masks come from a separate stream, spawned from `rng`,
 * so twins with the same seed draw the same masks.
 * @throws RangeError for p outside 0 … 1, ShapeError unless x is (N, C, H, W)
 * @see Tompson et al., "Efficient Object Localization Using Convolutional Networks", CVPR 2015; PyTorch's `torch.nn.Dropout2d`
 */
export class Dropout2d extends Module {
  readonly p: number;
  readonly rng: Random;

  constructor(p?: number, options: DropoutOptions = {}) {
    super();
    const given = settle(contracts.Dropout2d, { p }, options);
    this.p = given.p;
    this.rng = given.rng.spawn();
  }

  forward(x: Tensor): Tensor {
    expectShape("Dropout2d.forward", "x", x.shape, ["N", "C", "H", "W"]);
    const perChannel = [...x.shape.slice(0, 2), 1, 1];
    const mask = this.training ? dropoutMask(perChannel, this.p, this.rng, x.dtype) : 1;
    return x.mul(mask);
  }
}
