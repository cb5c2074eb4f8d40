import type { NDArray, Random } from "../../np/index.ts";

/**
 * A change of one image, with torchvision's names and semantics. All chance comes from `rng`: one state, one result; transforms without
 * chance do not ask for it. The image that is given is never changed.
 * Shapes: (H, W) or (C, H, W), uint8 in 0 … 255 or float; what comes out is of the same kind unless the transform says otherwise.
 */
export interface Transform {
  /** False where nothing is drawn; then a loader needs no seed. Default true. */
  readonly isRandom?: boolean;
  forward(image: NDArray, rng: Random): NDArray;
}
