import type { NDArray, Random } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { emptyLike, planesOf } from "./planes.ts";
import { expectInputs, type Transform } from "./transform.ts";

export interface RandomHorizontalFlipOptions {
  /** The probability of a flip. Default 0.5. */
  readonly p?: number;
}

/**
 * Mirrors the image with probability `p` (default 0.5).
 * @throws RangeError unless 0 <= p <= 1
 * @see torchvision.transforms.RandomHorizontalFlip
 */
export class RandomHorizontalFlip implements Transform {
  readonly p: number;

  constructor(options: RandomHorizontalFlipOptions = {}) {
    this.p = settle(contracts.RandomHorizontalFlip, {}, options).p;
  }

  forward(image: NDArray, rng: Random): NDArray {
    expectInputs("RandomHorizontalFlip.forward", image, rng);
    return rng.next() < this.p ? horizontalFlip(image) : image;
  }
}

/** Mirrors an image left to right. */
export function horizontalFlip(image: NDArray): NDArray {
  const { height, width, data } = planesOf("horizontalFlip", image);
  const y = emptyLike(image, height, width);
  const to = y.flat();
  for (let row = 0; row < data.length; row += width) {
    for (let j = 0; j < width; j++) to[row + j] = data[row + width - 1 - j] as number;
  }
  return y;
}
