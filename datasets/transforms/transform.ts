import type { NDArray, Random } from "../../np/index.ts";
import { expectArgument, ndarray, stream } from "../../np/internal.ts";

/**
 * A change of one image, with torchvision's names and semantics. All randomness comes from `rng`,
 * so equal states give equal results; deterministic transforms do not use it. The input image never
 * changes.
 * Shapes: (H, W) or (C, H, W), uint8 in 0 … 255 or float; the result has the same type unless the
 * transform says otherwise.
 */
export interface Transform {
  /** False for a transform without randomness; a loader then needs no seed. Default true. */
  readonly isRandom?: boolean;
  forward(image: NDArray, rng: Random): NDArray;
}

/** @throws TypeError unless the image is an array and rng a stream */
export function expectInputs(where: string, image: NDArray, rng: Random): void {
  expectArgument(where, "image", ndarray, image);
  expectArgument(where, "rng", stream, rng);
}
