import { formatShape, NDArray, ShapeError, type TypedArray } from "../../np/index.ts";
import { describe, expectArgument, ndarray } from "../../np/internal.ts";

/**
 * An image as consecutive planes of numbers: pixel (c, i, j) is data[(c · height + i) · width + j].
 */
export interface Planes {
  readonly data: TypedArray;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Reads an image. Shapes: (H, W), one plane, or (C, H, W).
 * @throws ShapeError for another number of axes, or no pixels
 */
export function planesOf(where: string, image: NDArray): Planes {
  expectArgument(where, "image", ndarray, image);
  const [width = 0, height = 0, channels = 1] = image.shape.toReversed();
  if (image.ndim < 2 || image.ndim > 3 || image.size === 0) {
    throw new ShapeError(
      `${where}: the image has shape ${formatShape(image.shape)}, expected (H, W) or (C, H, W); of a batch, transform one image at a time`,
    );
  }
  return { data: image.flat(), channels, height, width };
}

/** Creates an image of this height and width, otherwise like `image`. */
export function emptyLike(image: NDArray, height: number, width: number): NDArray {
  return NDArray.empty([...image.shape.slice(0, -2), height, width], image.dtype);
}

/**
 * Expands one number, or one per channel, to one per channel.
 * @throws RangeError for another count, or numbers that are not finite
 */
export function perChannel(
  where: string,
  name: string,
  given: number | readonly number[],
  channels: number,
): readonly number[] {
  const list = typeof given === "number" ? [given] : given;
  if ((list.length === 1 || list.length === channels) && list.every(Number.isFinite)) {
    return list.length === channels ? list : Array<number>(channels).fill(list[0] as number);
  }
  throw new RangeError(
    `${where}: ${name} is ${describe(given)} and the image has ${channels} channel(s); expected a finite number, or one for each channel`,
  );
}
