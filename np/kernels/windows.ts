import { engine } from "../current-engine.ts";
import { promote } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape, sameShape, sizeOf } from "../shape.ts";
import { checkPair, checkWindow, type Pair, positionsOf, type Window } from "../window.ts";
import { type WindowGeometry, windowGeometry } from "../window-geometry.ts";

export function im2col(x: NDArray, window: Window): NDArray {
  checkImages("im2col", x);
  const geometry = windowGeometry("im2col", x.shape, window);
  const [samples, channels] = x.shape as [number, number];
  const out = NDArray.unfilled([samples, channels, ...window.kernel, ...geometry.positions], x.dtype);
  engine().im2col(out.flat(), x.flat(), geometry, samples);
  return out;
}

export function col2im(x: NDArray, window: Window, size: Pair): NDArray {
  checkArray("col2im", x);
  checkWindow("col2im", window);
  checkPair("col2im", "size", size);
  const [samples, channels] = x.shape as [number, number];
  const expected = [samples, channels, ...window.kernel, ...positionsOf("col2im", size, window)];
  if (x.ndim !== 6 || !sameShape(x.shape, expected)) {
    throw new ShapeError(
      `col2im: x has shape ${formatShape(x.shape)}; these windows on ${size.join(" × ")} images give (N, C, ${expected.slice(2).join(", ")})`,
    );
  }
  const out = NDArray.unfilled([samples, channels, ...size], x.dtype);
  const geometry = windowGeometry("col2im", out.shape, window);
  engine().col2im(out.flat(), x.flat(), geometry, samples);
  return out;
}

export function maxPool2d(x: NDArray, window: Window): NDArray {
  const geometry = poolGeometry("maxPool2d", x, window);
  const out = NDArray.unfilled([...x.shape.slice(0, 2), ...geometry.positions], x.dtype);
  engine().largest(x.flat(), geometry, sizeOf(x.shape.slice(0, 2)), out.flat(), null);
  return out;
}

export function argmaxPool(x: NDArray, window: Window): NDArray {
  const geometry = poolGeometry("argmaxPool", x, window);
  const out = NDArray.unfilled([...x.shape.slice(0, 2), ...geometry.positions], "int32");
  engine().largest(x.flat(), geometry, sizeOf(x.shape.slice(0, 2)), null, out.flat() as Int32Array);
  return out;
}

export function maxUnpool2d(y: NDArray, x: NDArray, window: Window): NDArray {
  checkArray("maxUnpool2d", y);
  const geometry = poolGeometry("maxUnpool2d", x, window);
  const shape = [...x.shape.slice(0, 2), ...geometry.positions];
  if (!sameShape(y.shape, shape))
    throw new ShapeError(`maxUnpool2d: y has shape ${formatShape(y.shape)}, expected ${formatShape(shape)}`);
  const dtype = promote(x.dtype, y.dtype);
  const out = NDArray.unfilled(x.shape, dtype);
  const [values, images] = [y.astype(dtype).flat(), x.astype(dtype).flat()];
  engine().unpool(out.flat(), values, images, geometry, sizeOf(shape.slice(0, 2)));
  return out;
}

/** @throws ShapeError if a window covers nothing but padding, so that it has no largest element */
function poolGeometry(op: string, x: NDArray, window: Window): WindowGeometry {
  checkImages(op, x);
  const geometry = windowGeometry(op, x.shape, window);
  const [rows, columns] = [
    firstBlind(geometry.rows, geometry.positions[0]),
    firstBlind(geometry.columns, geometry.positions[1]),
  ];
  if (rows === null && columns === null) return geometry;
  const [height, width] = geometry.size;
  throw new ShapeError(
    `${op}: the window at (${rows ?? 0}, ${rows === null ? columns : 0}) covers only padding on an image of ${height} × ${width}; use less padding or dilation`,
  );
}

/**
 * The first position along one axis where the window covers nothing but padding; null if there is
 * none.
 */
function firstBlind(seen: Int32Array, positions: number): number | null {
  for (let position = 0; position < positions; position++) {
    let sees = false;
    for (let at = position; at < seen.length; at += positions) sees ||= (seen[at] as number) >= 0;
    if (!sees) return position;
  }
  return null;
}

export function checkImages(op: string, x: NDArray): void {
  checkArray(op, x);
  if (x.ndim !== 4)
    throw new ShapeError(`${op}: x has shape ${formatShape(x.shape)}, expected images (N, C, H, W)`);
}
