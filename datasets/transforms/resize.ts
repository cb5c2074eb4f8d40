import type { NDArray } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { emptyLike, planesOf } from "./planes.ts";
import { roundHalfToEven } from "./round-half-to-even.ts";
import { type Size, sizeOption } from "./size-option.ts";
import type { Transform } from "./transform.ts";

export interface ResizeOptions {
  /** Averages over all pixels that a smaller picture leaves out, instead of taking some of them. Default true, as in torchvision. */
  readonly antialias?: boolean;
}

/**
 * Another size, bilinear: one number is the new length of the shorter side, two are [height, width].
 * @throws RangeError for a size that is not whole numbers from 1 on
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

/** The image in this height and width. @see torch.nn.functional.interpolate with mode "bilinear", align_corners False */
export function resize(
  image: NDArray,
  size: readonly [height: number, width: number],
  { antialias = true }: ResizeOptions = {},
): NDArray {
  const { data, channels, height, width } = planesOf("resize", image);
  const [tall, wide] = sizeOption("resize", size);
  if (tall === height && wide === width) return image;
  const [rows, columns] = [tapsOf(height, tall, antialias), tapsOf(width, wide, antialias)];
  const y = emptyLike(image, tall, wide);
  const to = y.flat();
  const round = image.dtype === "uint8" ? roundHalfToEven : (value: number): number => value;
  // Row by row first: what it makes is needed again for every new row.
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

/** Which old elements a new one is made of: from `start` on, with these weights. */
interface Taps {
  readonly start: number;
  readonly weights: readonly number[];
}

/** For each of m new elements of an axis of n. A triangle around its place, as wide as the new pixel where that is wider than an old one. */
function tapsOf(n: number, m: number, antialias: boolean): Taps[] {
  const scale = n / m;
  const radius = antialias ? Math.max(scale, 1) : 1;
  return Array.from({ length: m }, (_, i) => {
    const place = scale * (i + 0.5);
    // Without antialiasing a place beyond the first or last pixel's middle is that pixel's.
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
