import type { NDArray } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import { emptyLike, perChannel, planesOf } from "./planes.ts";
import { roundHalfToEven } from "./round-half-to-even.ts";

export type Interpolation = "nearest" | "bilinear";

export interface WarpOptions {
  /** The interpolation between pixels: "nearest" or "bilinear". Default "nearest". */
  readonly interpolation?: Interpolation;
  /** The value beyond the edge: one number, or one per channel. Default 0. */
  readonly fill?: number | readonly number[];
  /** The fixed point, [x, y] in pixels from the upper left corner. Default null: the centre. */
  readonly center?: readonly [x: number, y: number] | null;
}

/**
 * The source of a pixel: x' = a x + b y + c and y' = d x + e y + f, measured from the image's
 * centre.
 */
export type Source = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * Creates an image of the same size from these source positions.
 * @throws RangeError for an unknown interpolation
 */
export function warp(
  image: NDArray,
  [a, b, c, d, e, f]: Source,
  { interpolation = "nearest", fill = 0 }: WarpOptions,
): NDArray {
  if (interpolation !== "nearest" && interpolation !== "bilinear") {
    throw new RangeError(
      `affine: interpolation is ${describe(interpolation)}; expected "nearest" or "bilinear"`,
    );
  }
  const { data, channels, height, width } = planesOf("affine", image);
  const beyond = perChannel("affine", "fill", fill, channels);
  const result = emptyLike(image, height, width);
  const to = result.flat();
  const plane = height * width;
  const isBytes = image.dtype === "uint8";
  const corners = new Corners(height, width);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const [x, y] = [j + 0.5 - width / 2, i + 0.5 - height / 2];
      const column = a * x + b * y + c + width / 2 - 0.5;
      const row = d * x + e * y + f + height / 2 - 0.5;
      const at = i * width + j;
      if (interpolation === "nearest") {
        const [u, v] = [roundHalfToEven(column), roundHalfToEven(row)];
        const inside = u >= 0 && u < width && v >= 0 && v < height;
        for (let k = 0; k < channels; k++) {
          to[k * plane + at] = (inside ? data[k * plane + v * width + u] : beyond[k]) as number;
        }
        continue;
      }
      const count = corners.around(column, row);
      for (let k = 0; k < channels; k++) {
        let [value, share] = [0, 0];
        for (let n = 0; n < count; n++) {
          const weight = corners.weights[n] as number;
          value += weight * (data[k * plane + (corners.places[n] as number)] as number);
          share += weight;
        }
        // torchvision weights the image twice where it meets the fill: value already includes the
        // share.
        const mixed = value * share + (1 - share) * (beyond[k] as number);
        to[k * plane + at] = isBytes ? roundHalfToEven(mixed) : mixed;
      }
    }
  }
  return result;
}

/** The pixels around a position, with their weights. */
class Corners {
  readonly places: Int32Array = new Int32Array(4);
  readonly weights: Float64Array = new Float64Array(4);
  readonly #height: number;
  readonly #width: number;

  constructor(height: number, width: number) {
    this.#height = height;
    this.#width = width;
  }

  /** Stores the ones inside the image; returns how many. */
  around(column: number, row: number): number {
    const [u, v] = [Math.floor(column), Math.floor(row)];
    const [right, below] = [column - u, row - v];
    let count = 0;
    for (let n = v; n <= v + 1; n++) {
      if (n < 0 || n >= this.#height) continue;
      const vertical = n > v ? below : 1 - below;
      for (let m = u; m <= u + 1; m++) {
        if (m < 0 || m >= this.#width) continue;
        this.places[count] = n * this.#width + m;
        this.weights[count++] = vertical * (m > u ? right : 1 - right);
      }
    }
    return count;
  }
}
