import type { TypedArray } from "./dtype.ts";
import { engine } from "./engine.ts";
import { NDArray } from "./ndarray.ts";
import type { UpdateName, UpdateSignatures } from "./updates.ts";

/**
 * One step of an optimizer on `value` and the arrays of its state, in place and in one pass: `update("sgd", p, g, { velocity }, step)`.
 * The formulas stand in `manual/optimizers`. @throws ShapeError unless all shapes are equal
 */
export function update<K extends UpdateName>(
  name: K,
  value: NDArray,
  gradient: NDArray,
  ...[state, step]: UpdateSignatures<NDArray>[K]
): void {
  const where = `update("${name}")`;
  const p = value.writable(where, gradient);
  const arrays = Object.entries(state).map(([key, array]) => [
    key,
    array instanceof NDArray ? array.writable(where, value) : null,
  ]);
  const kernel = engine().updates[name] as (p: TypedArray, g: TypedArray, ...rest: unknown[]) => void;
  kernel(p, gradient.flat(), Object.fromEntries(arrays), step);
}
