import { engine } from "../current-engine.ts";
import { promote } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape, normalizeAxis, sameShape } from "../shape.ts";
import { reshape } from "./movement.ts";
import { slice } from "./slicing.ts";

export function concatenate(xs: readonly NDArray[], axis: number): NDArray {
  const first = xs[0];
  if (!first) throw new ShapeError("concatenate: no arrays given");
  for (const x of xs) checkArray("concatenate", x);
  const along = normalizeAxis("concatenate", axis, first.ndim);
  for (const x of xs) {
    if (x.ndim !== first.ndim || x.shape.some((n, i) => i !== along && n !== first.shape[i])) {
      throw new ShapeError(
        `concatenate: shapes ${formatShape(first.shape)} and ${formatShape(x.shape)} differ outside axis ${along}`,
      );
    }
  }
  const total = xs.reduce((n, x) => n + (x.shape[along] as number), 0);
  const shape = first.shape.map((n, i) => (i === along ? total : n));
  const out = NDArray.unfilled(shape, xs.map((x) => x.dtype).reduce(promote));
  let start = 0;
  for (const x of xs) {
    const stop = start + (x.shape[along] as number);
    const part = slice(
      out,
      shape.map((_, i) => (i === along ? [start, stop] : null)),
    );
    engine().assign(part, x);
    start = stop;
  }
  return out;
}

export function stack(xs: readonly NDArray[], axis: number): NDArray {
  const first = xs[0];
  if (!first) throw new ShapeError("stack: no arrays given");
  for (const x of xs) checkArray("stack", x);
  const along = normalizeAxis("stack", axis, first.ndim + 1);
  for (const x of xs) {
    if (!sameShape(x.shape, first.shape)) {
      throw new ShapeError(`stack: shapes ${formatShape(first.shape)} and ${formatShape(x.shape)} differ`);
    }
  }
  const widened = [...first.shape.slice(0, along), 1, ...first.shape.slice(along)];
  return concatenate(
    xs.map((x) => reshape(x, widened)),
    along,
  );
}
