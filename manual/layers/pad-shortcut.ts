import { contracts, type PadShortcutOptions } from "../../contracts/index.ts";
import { channelsAround, expectShape, settle } from "../../contracts/internal.ts";
import { type NDArray, pad, type Range, unslice } from "../../np/index.ts";
import { Layer } from "../layer.ts";

/**
 * A shortcut without parameters to a smaller image with more channels. It takes every `stride`-th
 * pixel and adds channels of zeros, half before and half after. This is ResNet's option A.
 * Shapes: x (N, C, H, W) → y (N, M, ⌈H / stride⌉, ⌈W / stride⌉).
 * Backward: dy of the channels that came from x goes to the pixels that were taken;
 * all other pixels get 0.
 * Defaults: stride 1.
 * @throws ShapeError unless x is (N, C, H, W); RangeError unless M ≥ C
 * @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 4.2, "option A"
 */
export class PadShortcut extends Layer {
  readonly inChannels: number;
  readonly around: readonly [before: number, after: number];
  readonly every: Range;
  #shape: readonly number[] | null = null;

  constructor(inChannels: number, outChannels: number, options: PadShortcutOptions = {}) {
    super();
    const { stride } = settle(contracts.PadShortcut, { inChannels, outChannels }, options);
    this.inChannels = inChannels;
    this.around = channelsAround(inChannels, outChannels);
    this.every = [null, null, stride];
  }

  forward(x: NDArray): NDArray {
    expectShape("PadShortcut.forward", "x", x.shape, ["N", this.inChannels, "H", "W"]);
    this.#shape = x.shape; // chalk: backward needs it
    const taken = x.slice(null, null, this.every, this.every); // (N, C, OH, OW)
    return pad(taken, [[0, 0], this.around, [0, 0], [0, 0]]);
  }

  backward(dy: NDArray): NDArray {
    const [before] = this.around;
    const dTaken = dy.slice(null, [before, before + this.inChannels]); // (N, M, OH, OW) → (N, C, OH, OW)
    return unslice(dTaken, [null, null, this.every, this.every], this.remembered(this.#shape)); // → (N, C, H, W)
  }
}
