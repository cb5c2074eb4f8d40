import { dtypeOf, type TypedArray } from "../../dtype.ts";
import type { Engine } from "../../engine.ts";
import { sizeOf } from "../../shape.ts";
import { columnsSize, type WindowGeometry } from "../../window-geometry.ts";

/** Unfolds one image after another with `this.columns`. */
export function im2col(
  this: Engine,
  out: TypedArray,
  x: TypedArray,
  geometry: WindowGeometry,
  samples: number,
): void {
  const [image, seen] = [geometry.channels * sizeOf(geometry.size), columnsSize(geometry)];
  const columns = this.columns(dtypeOf(x), geometry);
  for (let n = 0; n < samples; n++) {
    columns.unfold(x, n * image);
    out.set(columns.data, n * seen);
  }
}

/** Folds one image after another with `this.columns`. */
export function col2im(
  this: Engine,
  out: TypedArray,
  x: TypedArray,
  geometry: WindowGeometry,
  samples: number,
): void {
  const [image, seen] = [geometry.channels * sizeOf(geometry.size), columnsSize(geometry)];
  const columns = this.columns(dtypeOf(x), geometry);
  for (let n = 0; n < samples; n++) {
    columns.data.set(x.subarray(n * seen, (n + 1) * seen));
    columns.fold(out, n * image);
  }
}
