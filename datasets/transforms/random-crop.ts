import type { NDArray, Random } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { type CropPadding, padIndices } from "./pad-indices.ts";
import { emptyLike, perChannel, planesOf } from "./planes.ts";
import { type Size, sizeOption } from "./size-option.ts";
import { expectInputs, type Transform } from "./transform.ts";

export interface RandomCropOptions {
  /**
   * Pixels added on every side; or [left and right, top and bottom]; or [left, top, right, bottom].
   * Default 0.
   */
  readonly padding?: number | readonly number[];
  /** The padding: "constant", "edge", "reflect" or "symmetric". Default "constant". */
  readonly paddingMode?: CropPadding;
  /** The value for "constant": one number, or one per channel. Default 0. */
  readonly fill?: number | readonly number[];
  /** Whether to pad a smaller image to the crop size, on both sides. Default false. */
  readonly padIfNeeded?: boolean;
}

/**
 * Crops a random piece of this size from the padded image, every position equally likely: `new
 * RandomCrop(32, { padding: 4 })`.
 * Shapes: (…, H, W) → (…, size, size), or (…, h, w) for a size [h, w].
 * @throws RangeError for an image smaller than the piece; for options outside their range
 * @see torchvision.transforms.RandomCrop
 */
export class RandomCrop implements Transform {
  readonly size: readonly [height: number, width: number];
  readonly #padding: readonly [left: number, top: number, right: number, bottom: number];
  readonly #mode: CropPadding;
  readonly #fill: number | readonly number[];
  readonly #padIfNeeded: boolean;

  constructor(size: Size, options: RandomCropOptions = {}) {
    const given = settle(contracts.RandomCrop, { size }, options);
    const { padding, paddingMode, fill, padIfNeeded } = given;
    this.size = sizeOption("RandomCrop", size);
    const [a = 0, b = a, c = a, d = b] = typeof padding === "number" ? [padding] : padding;
    this.#padding = [a, b, c, d];
    this.#mode = paddingMode;
    this.#fill = fill;
    this.#padIfNeeded = padIfNeeded;
  }

  forward(image: NDArray, rng: Random): NDArray {
    expectInputs("RandomCrop.forward", image, rng);
    const { data, channels, height, width } = planesOf("RandomCrop", image);
    const [left, top, right, bottom] = this.#padding;
    const [tall, wide] = this.size;
    const rows = this.#crop(height, top, bottom, tall, rng);
    const columns = this.#crop(width, left, right, wide, rng);
    const fill = perChannel("RandomCrop", "fill", this.#fill, channels);
    const y = emptyLike(image, tall, wide);
    const to = y.flat();
    let at = 0;
    for (let c = 0; c < channels; c++) {
      const beyond = fill[c] as number;
      for (let i = 0; i < tall; i++) {
        const row = rows[i] as number;
        const from = (c * height + row) * width;
        for (let j = 0; j < wide; j++) {
          const column = columns[j] as number;
          to[at++] = row < 0 || column < 0 ? beyond : (data[from + column] as number);
        }
      }
    }
    return y;
  }

  /** The indices of the axis' n elements in the piece; −1 is the fill. */
  #crop(n: number, before: number, after: number, size: number, rng: Random): Int32Array {
    let indices = padIndices(n, before, after, this.#mode);
    if (this.#padIfNeeded && indices.length < size) {
      const inner = indices;
      const lack = size - inner.length;
      // torchvision pads both sides by the whole difference, so the image may lie anywhere in the
      // piece.
      indices = padIndices(inner.length, lack, lack, this.#mode).map((i) =>
        i < 0 ? -1 : (inner[i] as number),
      );
    }
    if (indices.length < size) {
      throw new RangeError(
        `RandomCrop: Required crop size ${size} is larger than input image size ${indices.length}, padding included; add padding, or set padIfNeeded`,
      );
    }
    const start = rng.integer(0, indices.length - size);
    return indices.subarray(start, start + size);
  }
}
