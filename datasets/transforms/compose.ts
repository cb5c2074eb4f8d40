import type { NDArray, Random } from "../../np/index.ts";
import type { Transform } from "./transform.ts";

/**
 * Applies transforms in order; all draw from the same stream.
 * @see torchvision.transforms.Compose
 */
export class Compose implements Transform {
  readonly transforms: readonly Transform[];
  readonly isRandom: boolean;

  constructor(transforms: readonly Transform[]) {
    const odd = transforms.findIndex((transform) => typeof transform?.forward !== "function");
    if (odd >= 0) {
      throw new TypeError(
        `Compose: element ${odd} has no forward(image, rng); expected transforms, such as [new ToTensor()]`,
      );
    }
    this.transforms = transforms;
    this.isRandom = transforms.some(({ isRandom }) => isRandom !== false);
  }

  forward(image: NDArray, rng: Random): NDArray {
    return this.transforms.reduce((x, transform) => transform.forward(x, rng), image);
  }
}
