import { describe } from "../arguments/describe.ts";
import { engine } from "../current-engine.ts";
import { checkFits } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { formatShape } from "../shape.ts";
import type { Index } from "../signatures.ts";
import { astype } from "./elementwise.ts";
import { broadcastTo, reshape } from "./movement.ts";
import { part } from "./slicing.ts";

/** x[index] ← value, broadcast and in x's dtype. Where positions repeat, the last value stays. */
export function setElements(x: NDArray, value: NDArray | number, index: readonly Index<NDArray>[]): void {
  if (x.size > 0 && x.strides.some((stride, axis) => stride === 0 && (x.shape[axis] as number) > 1))
    throw new TypeError("set: the elements of a broadcast array share memory; x.copy() gives each its own");
  const place = part("set", x, index);
  const values = stretched(asValue(value, x), place.shape);
  if (place instanceof NDArray) engine().assign(place, values);
  else {
    const [to, from] = [x.data, astype(values, x.dtype).flat()];
    for (let i = 0; i < place.at.length; i++) to[place.at[i] as number] = from[i] as number;
  }
}

function asValue(value: unknown, x: NDArray): NDArray {
  if (value instanceof NDArray) return value;
  if (typeof value !== "number") {
    const isTensor = typeof value === "object" && value !== null && "data" in value;
    const cure = Array.isArray(value)
      ? "; np.array(list) makes an array"
      : isTensor
        ? "; pass the tensor's values, value.data"
        : "";
    throw new TypeError(
      `set: the value is ${describe(value)}; expected a number or an array, before the index: x.set(value, 0, 1)${cure}`,
    );
  }
  checkFits("set", value, x.dtype);
  const one = NDArray.empty([], x.dtype);
  one.flat()[0] = value;
  return one;
}

/** Broadcast to the shape of the part; leading axes of length 1 may be too many, as in NumPy. */
function stretched(value: NDArray, shape: readonly number[]): NDArray {
  const extra = value.shape.slice(0, Math.max(0, value.ndim - shape.length));
  const own = value.shape.slice(extra.length);
  const fits = own.every((n, back) => n === 1 || n === shape[shape.length - own.length + back]);
  if (!fits || extra.some((n) => n !== 1)) {
    throw new ShapeError(
      `set: a value of shape ${formatShape(value.shape)} does not fit the part that the index names, of shape ${formatShape(shape)}`,
    );
  }
  return broadcastTo(reshape(value, own), shape);
}
