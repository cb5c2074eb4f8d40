import { formatShape, NDArray, ShapeError } from "../../np/index.ts";
import { describe, expectArgument, ndarray } from "../../np/internal.ts";

/**
 * The same pixels at other places: pixel i of an image, counted row by row, becomes pixel order[i].
 * The colours of a pixel stay together. One order for training and test images keeps all the
 * information and destroys who is whose neighbour: `random(0).permutation(32 * 32)`.
 * Shapes: images (…, H, W); order (H · W,), every place once.
 * @throws ShapeError for images of fewer than two axes, or an order of another length; RangeError for
 * an order that leaves out a place
 * @example permutePixels(array([[1, 2], [3, 4]]), array([3, 0, 1, 2])) // [[4, 1], [2, 3]]
 */
export function permutePixels(images: NDArray, order: NDArray): NDArray {
  expectArgument("permutePixels", "images", ndarray, images);
  expectArgument("permutePixels", "order", ndarray, order);
  const [width = 0, height = 0] = images.shape.toReversed();
  if (images.ndim < 2)
    throw new ShapeError(
      `permutePixels: images have shape ${formatShape(images.shape)}, expected (…, H, W), such as (N, 3, 32, 32)`,
    );
  const pixels = height * width;
  if (order.ndim !== 1 || order.size !== pixels)
    throw new ShapeError(
      `permutePixels: order has shape ${formatShape(order.shape)}, expected (${pixels},), a place for each of ${height} × ${width} pixels; random(0).permutation(${pixels}) makes one`,
    );
  const places = order.flat();
  expectEveryPlace(places, pixels);
  const result = NDArray.empty(images.shape, images.dtype);
  const [from, to] = [images.flat(), result.flat()];
  for (let at = 0; at < to.length; at += pixels) {
    for (let i = 0; i < pixels; i++) to[at + i] = from[at + (places[i] as number)] as number;
  }
  return result;
}

function expectEveryPlace(places: ArrayLike<number>, pixels: number): void {
  const used = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const place = places[i] as number;
    if (used[place] !== 0)
      throw new RangeError(
        `permutePixels: order[${i}] is ${describe(place)}; expected every whole number from 0 to ${describe(pixels - 1)} once`,
      );
    used[place] = 1;
  }
}
