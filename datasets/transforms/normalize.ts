import type { NDArray } from "../../np/index.ts";
import { describe, expectArgument, ndarray, settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { emptyLike, perChannel, planesOf } from "./planes.ts";
import type { Transform } from "./transform.ts";

/** The mean and standard deviation of every channel, for pixels in 0 … 1. */
export interface ChannelStatistics {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * y = (x − mean) / std, channel by channel: `new Normalize([0.5], [0.25])`. Convert uint8 images
 * with `ToTensor` first.
 * @throws TypeError for an image that is not floating; RangeError for a std of 0, or counts that do
 * not match the image
 * @see torchvision.transforms.Normalize
 */
export class Normalize implements Transform {
  readonly isRandom: boolean = false;
  readonly mean: readonly number[];
  readonly std: readonly number[];

  constructor(mean: readonly number[], std: readonly number[]) {
    settle(contracts.Normalize, { mean, std }, {});
    if (mean.length !== std.length || !mean.every(Number.isFinite) || !std.every(Number.isFinite)) {
      throw new RangeError(
        `Normalize: mean is ${describe(mean)} and std ${describe(std)}; expected finite numbers, as many of the one as of the other`,
      );
    }
    // The sentence ends in PyTorch's own words.
    if (std.includes(0))
      throw new RangeError("Normalize: std evaluated to zero, leading to division by zero.");
    this.mean = mean;
    this.std = std;
  }

  forward(image: NDArray): NDArray {
    expectArgument("Normalize.forward", "image", ndarray, image);
    if (image.dtype !== "float64" && image.dtype !== "float32") {
      throw new TypeError(
        `Normalize: Input tensor should be a float tensor. Got ${image.dtype}. Put a ToTensor before it.`,
      );
    }
    const { data, channels, height, width } = planesOf("Normalize", image);
    const mean = perChannel("Normalize", "mean", this.mean, channels);
    const std = perChannel("Normalize", "std", this.std, channels);
    const y = emptyLike(image, height, width);
    const to = y.flat();
    const plane = height * width;
    for (let c = 0; c < channels; c++) {
      const [m, s] = [mean[c] as number, std[c] as number];
      for (let i = c * plane; i < (c + 1) * plane; i++) to[i] = ((data[i] as number) - m) / s;
    }
    return y;
  }
}
