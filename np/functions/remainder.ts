/** What division leaves. */
import { array } from "../creation.ts";
import { checkFits, promote } from "../dtype.ts";
import { leader } from "../leader.ts";
import { NDArray } from "../ndarray.ts";
import { checkConstant } from "../operand.ts";
import { broadcastShapes } from "../shape.ts";

/**
 * The remainder of a / b with b's sign, as Python's `%`, with broadcasting; NumPy's `mod` and
 * `remainder`. Integers divided by 0 leave 0, floats NaN. Arrays only: it has no gradient.
 * @example mod(array([7, -1]), 3) // [1, 2]
 */
export function mod(a: NDArray | number, b: NDArray | number): NDArray {
  for (const x of [a, b]) if (typeof x !== "number") checkConstant("mod", x);
  const { dtype: other } = leader<NDArray>("mod", a, b);
  const [x, y] = [operand(a, other), operand(b, other)];
  const shape = broadcastShapes("mod", x.shape, y.shape);
  const [dividends, divisors] = [x.broadcastTo(shape).flat(), y.broadcastTo(shape).flat()];
  const out = NDArray.unfilled(shape, promote(x.dtype, y.dtype));
  const data = out.flat();
  for (const [i, divisor] of divisors.entries()) {
    const rest = (dividends[i] as number) % divisor; // with the dividend's sign
    if (rest === 0) data[i] = divisor < 0 ? -0 : 0;
    else data[i] = rest < 0 === divisor < 0 ? rest : rest + divisor;
  }
  return out;
}

/** A number as an array of the other operand's dtype. */
function operand(x: NDArray | number, dtype: NDArray["dtype"]): NDArray {
  if (typeof x !== "number") return x;
  checkFits("mod", x, dtype);
  return array(x, { dtype });
}
