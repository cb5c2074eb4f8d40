import type { NDArray, Random } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { planesOf } from "./planes.ts";
import { expectInputs, type Transform } from "./transform.ts";

export interface CutoutOptions {
  /** The number of squares. Default 1. */
  readonly nHoles?: number;
  /** The side of a square, in pixels. Default 16, the paper's for CIFAR-10. */
  readonly length?: number;
}

/**
 * Sets squares to 0 in all channels. The centre may be any pixel, so part of a square can lie
 * outside, which the paper found important. After `Normalize`, 0 is the mean.
 * @throws RangeError unless nHoles and length are whole numbers ≥ 1
 * @see DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with Cutout"
 * (2017), section 3.2
 */
export class Cutout implements Transform {
  readonly nHoles: number;
  readonly length: number;

  constructor(options: CutoutOptions = {}) {
    const { nHoles, length } = settle(contracts.Cutout, {}, options);
    this.nHoles = nHoles;
    this.length = length;
  }

  forward(image: NDArray, rng: Random): NDArray {
    expectInputs("Cutout.forward", image, rng);
    const { channels, height, width } = planesOf("Cutout", image);
    const y = image.copy();
    const data = y.flat();
    for (let hole = 0; hole < this.nHoles; hole++) {
      const [top, bottom] = this.#extent(height, rng);
      const [left, right] = this.#extent(width, rng);
      for (let c = 0; c < channels; c++) {
        for (let i = top; i < bottom; i++) {
          const row = (c * height + i) * width;
          data.fill(0, row + left, row + right);
        }
      }
    }
    return y;
  }

  #extent(n: number, rng: Random): [start: number, end: number] {
    const start = rng.integer(0, n - 1) - Math.floor(this.length / 2);
    return [Math.max(start, 0), Math.min(start + this.length, n)];
  }
}
