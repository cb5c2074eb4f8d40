import { cumsum, flip, type Operators } from "../../np/index.ts";
import { linearRecurrence } from "../../np/internal.ts";
import { shift } from "./shift.ts";
import type { Ops } from "./vjp.ts";

/** rᵢ = dyᵢ + aᵢ₊₁ rᵢ₊₁ along one axis, from the end. */
function adjointStates<A extends Operators<A>>(dy: A, a: A, axis: number): A {
  return flip(linearRecurrence(flip(shift(a, -1, axis), axis), flip(dy, axis), axis), axis);
}

/** Sums and recurrences that run along an axis. */
// biome-ignore format: a sheet, one rule a line
export const recurrences: Pick<Ops, "cumsum" | "linearRecurrence"> = {
  cumsum: [(dy, _x, axis) => flip(cumsum(flip(dy, axis), axis), axis)],
  // yᵢ = aᵢ yᵢ₋₁ + bᵢ, so rᵢ = ∂L/∂yᵢ = dyᵢ + aᵢ₊₁ rᵢ₊₁: the same recurrence, backwards; da = rᵢ yᵢ₋₁, db = rᵢ
  linearRecurrence: [(dy, a, _b, axis, y) => adjointStates(dy, a, axis).mul(shift(y, 1, axis)).astype(a.dtype),
                     (dy, a, b, axis) => adjointStates(dy, a, axis).astype(b.dtype)],
};
