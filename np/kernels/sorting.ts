import { describe } from "../arguments/describe.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { normalizeAxis, sizeOf } from "../shape.ts";

/** Equal elements keep their order. NaN counts as larger than all numbers, as in NumPy and PyTorch. */
export function argsort(x: NDArray, axis: number, descending: boolean): NDArray {
  checkArray("argsort", x);
  if (typeof axis !== "number" || typeof descending !== "boolean")
    throw new TypeError(
      `argsort: axis is ${describe(axis)} and descending ${describe(descending)}; expected a whole number, and true or false`,
    );
  const out = NDArray.empty(x.shape, "int32");
  if (x.ndim === 0) return out;
  const along = normalizeAxis("argsort", axis, x.ndim);
  const [length, inner] = [x.shape[along] as number, sizeOf(x.shape.slice(along + 1))];
  const [values, places] = [x.flat(), out.flat()];
  const lane = new Float64Array(length);
  const order = new Int32Array(length);
  const sign = descending ? -1 : 1;
  const compare = (i: number, j: number): number => {
    const [a, b] = [lane[i] as number, lane[j] as number];
    if (a < b) return -sign;
    if (a > b) return sign;
    if (a === b) return 0;
    return sign * (Number(Number.isNaN(a)) - Number(Number.isNaN(b)));
  };
  const lanes = length === 0 ? 0 : x.size / length;
  for (let n = 0; n < lanes; n++) {
    const start = Math.floor(n / inner) * length * inner + (n % inner);
    for (let l = 0; l < length; l++) {
      lane[l] = values[start + l * inner] as number;
      order[l] = l;
    }
    order.sort(compare);
    for (let l = 0; l < length; l++) places[start + l * inner] = order[l] as number;
  }
  return out;
}
