import { expectArgument } from "../np/internal.ts";
import { imageArray, normalization } from "./arguments.ts";

/** An image as an array: (H, W) or (C, H, W), bytes or numbers in 0 … 1. An `NDArray` qualifies. */
export interface ImageArray {
  readonly shape: readonly number[];
  readonly dtype: string;
  flat(): ArrayLike<number>;
}

/** The values that `Normalize` subtracted from each channel and divided it by. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * Converts an image from separate channel planes to bytes with the channels of each pixel side by
 * side. With `normalized`, undoes the normalisation first. Values outside 0 … 1 are clipped.
 * Shapes: (H, W) → (H · W,); (C, H, W) → (H · W · C,).
 * @throws RangeError for another number of axes, or means for another number of channels
 */
export function toPixels(image: ImageArray, normalized?: Normalization): Uint8Array {
  expectArgument("toPixels", "image", imageArray, image);
  if (normalized !== undefined) expectArgument("toPixels", "normalized", normalization, normalized);
  const [width = 0, height = 0, channels = 1, ...more] = [...image.shape].reverse();
  if (image.shape.length < 2 || more.length > 0) {
    throw new RangeError(
      `toPixels: the image has shape (${image.shape.join(", ")}), expected (H, W) or (C, H, W); of a batch, take one`,
    );
  }
  const { mean = [0], std = [1] } = normalized ?? {};
  const fits = [mean, std].every(({ length }) => length === 1 || length === channels);
  if (!fits) {
    throw new RangeError(
      `toPixels: ${mean.length} means and ${std.length} stds for ${channels} channel(s); expected one, or one for each`,
    );
  }
  const from = image.flat();
  const most = image.dtype === "uint8" ? 1 : 255;
  const plane = height * width;
  // Clamped, because a plain byte array would wrap around to 0.
  const pixels = new Uint8ClampedArray(plane * channels);
  for (let c = 0; c < channels; c++) {
    const [m, s] = [mean[c] ?? mean[0] ?? 0, std[c] ?? std[0] ?? 1];
    for (let i = 0; i < plane; i++) {
      pixels[i * channels + c] = ((from[c * plane + i] as number) * s + m) * most;
    }
  }
  return new Uint8Array(pixels.buffer);
}
