import type { NDArray, Random } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import { rotate } from "./affine.ts";
import * as contracts from "./contracts.ts";
import { type Bounds, boundsOption, drawBetween } from "./range.ts";
import { expectInputs, type Transform } from "./transform.ts";
import type { WarpOptions } from "./warp.ts";

/**
 * Rotates counter-clockwise by a random angle between the bounds, in degrees; a number d means −d
 * to d. The size stays the same, so corners are lost.
 * @throws RangeError for options outside their range
 * @see torchvision.transforms.RandomRotation
 */
export class RandomRotation implements Transform {
  readonly degrees: Bounds;
  readonly #options: WarpOptions;

  constructor(degrees: number | Bounds, options: WarpOptions = {}) {
    const { interpolation, fill, center } = settle(contracts.RandomRotation, { degrees }, options);
    this.degrees = boundsOption("RandomRotation", "degrees", degrees);
    this.#options = { interpolation, fill, center };
  }

  forward(image: NDArray, rng: Random): NDArray {
    expectInputs("RandomRotation.forward", image, rng);
    return rotate(image, drawBetween(this.degrees, rng), this.#options);
  }
}
