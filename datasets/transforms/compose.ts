import type { NDArray, Random } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { expectInputs, type Transform } from "./transform.ts";

/**
 * Applies transforms in order; all draw from the same stream.
 * @see torchvision.transforms.Compose
 */
export class Compose implements Transform {
  readonly transforms: readonly Transform[];
  readonly isRandom: boolean;

  constructor(transforms: readonly Transform[]) {
    settle(contracts.Compose, { transforms }, {});
    this.transforms = transforms;
    this.isRandom = transforms.some(({ isRandom }) => isRandom !== false);
  }

  forward(image: NDArray, rng: Random): NDArray {
    expectInputs("Compose.forward", image, rng);
    return this.transforms.reduce((x, transform) => transform.forward(x, rng), image);
  }
}
