import type { NDArray } from "../../np/index.ts";
import { describe, settle, settleOptions } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { emptyLike, planesOf } from "./planes.ts";
import { roundHalfToEven } from "./round-half-to-even.ts";
import { type Size, sizeOption } from "./size-option.ts";
import type { Transform } from "./transform.ts";

export interface ResizeOptions {
  /**
   * Whether shrinking averages over all pixels instead of sampling some. Default true, as in
   * torchvision.
   */
  readonly antialias?: boolean;
}

/**
 * Resizes bilinearly. One number is the new length of the shorter side; two are [height, width].
 * @throws RangeError unless the size is whole numbers ≥ 1
 * @see torchvision.transforms.Resize
 */
export class Resize implements Transform {
  readonly isRandom: boolean = false;
  readonly size: Size;
  readonly #options: ResizeOptions;

  constructor(size: Size, options: ResizeOptions = {}) {
    const { antialias } = settle(contracts.Resize, { size }, options);
    this.size = size;
    this.#options = { antialias };
  }

  forward(image: NDArray): NDArray {
    const { height, width } = planesOf("Resize", image);
    if (typeof this.size !== "number") return resize(image, this.size, this.#options);
    const longer = Math.floor((this.size * Math.max(height, width)) / Math.min(height, width));
    const size = width <= height ? ([longer, this.size] as const) : ([this.size, longer] as const);
    return resize(image, size, this.#options);
  }
}

/**
 * Resizes an image to this height and width.
 * @see torch.nn.functional.interpolate with mode "bilinear", align_corners False
 */
export function resize(
  image: NDArray,
  size: readonly [height: number, width: number],
  options: ResizeOptions = {},
): NDArray {
  const { antialias } = settleOptions("resize", contracts.Resize, options);
  const { data, channels, height, width } = planesOf("resize", image);
  if (!Array.isArray(size))
    throw new TypeError(
      `resize: size is ${describe(size)}, expected [height, width]; new Resize(n) takes one number`,
    );
  const [tall, wide] = sizeOption("resize", size);
  if (tall === height && wide === width) return image;
  const [rows, columns] = [tapsOf(height, tall, antialias), tapsOf(width, wide, antialias)];
  const y = emptyLike(image, tall, wide);
  const to = y.flat();
  const round = image.dtype === "uint8" ? roundHalfToEven : (value: number): number => value;
  // Resizes along the rows first; every new row reuses these results.
  const narrow = new Float64Array(height * wide);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < wide; j++) {
        const { start, weights } = columns[j] as Taps;
        let sum = 0;
        for (const [k, weight] of weights.entries()) {
          sum += weight * (data[(c * height + i) * width + start + k] as number);
        }
        narrow[i * wide + j] = sum;
      }
    }
    for (let i = 0; i < tall; i++) {
      const { start, weights } = rows[i] as Taps;
      for (let j = 0; j < wide; j++) {
        let sum = 0;
        for (const [k, weight] of weights.entries())
          sum += weight * (narrow[(start + k) * wide + j] as number);
        to[(c * tall + i) * wide + j] = round(sum);
      }
    }
  }
  return y;
}

/** The old elements that make a new one: from `start` on, with these weights. */
interface Taps {
  readonly start: number;
  readonly weights: readonly number[];
}

/**
 * The taps of each of m new elements from n old ones: a triangle around its position, widened to
 * the new pixel's width when shrinking.
 */
function tapsOf(n: number, m: number, antialias: boolean): Taps[] {
  const scale = n / m;
  const radius = antialias ? Math.max(scale, 1) : 1;
  return Array.from({ length: m }, (_, i) => {
    const place = scale * (i + 0.5);
    // Without antialiasing, a position beyond the centre of the first or last pixel takes that
    // pixel.
    const middle = antialias ? place : Math.min(Math.max(place, 0.5), n - 0.5);
    const start = Math.max(Math.trunc(middle - radius + 0.5), 0);
    const end = Math.min(Math.trunc(middle + radius + 0.5), n);
    const triangle = Array.from({ length: end - start }, (_, k) =>
      Math.max(0, 1 - Math.abs(start + k - middle + 0.5) / radius),
    );
    const total = triangle.reduce((sum, weight) => sum + weight, 0);
    return { start, weights: triangle.map((weight) => weight / total) };
  });
}
