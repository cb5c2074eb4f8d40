import { engine } from "./current-engine.ts";
import type { TypedArray } from "./dtype.ts";
import type { NDArray } from "./ndarray.ts";
import type { UpdateName, UpdateSignatures } from "./update-signatures.ts";

/**
 * Applies one optimizer step to `value` and its state arrays, in place and in one pass:
 * `update("sgd", p, g, { velocity }, step)`. `manual/optimizers` has the formulas.
 * @throws ShapeError unless all shapes are equal
 */
export function update<K extends UpdateName>(
  name: K,
  value: NDArray,
  gradient: NDArray,
  ...[state, step]: UpdateSignatures<NDArray>[K]
): void {
  const where = `update("${name}")`;
  const p = value.writable(where, gradient);
  const arrays: Record<string, TypedArray | null> = {};
  for (const key of Object.keys(state)) {
    const array = state[key as keyof typeof state] as NDArray | null;
    arrays[key] = array?.writable(where, value) ?? null;
  }
  const g = gradient.flat();
  const lr = plainRate(name, state, step);
  const kernel = engine().updates[name] as (p: TypedArray, g: TypedArray, ...rest: unknown[]) => void;
  if (lr === null) kernel(p, g, arrays, step);
  else engine().addInPlace(p, g, -lr);
}

/**
 * The learning rate if this is plain SGD (no momentum, no weight decay), which is just the engine's
 * `addInPlace`; null for any other update.
 */
function plainRate(name: UpdateName, state: object, step: object): number | null {
  if (name !== "sgd") return null;
  const { velocity } = state as { velocity: unknown };
  const { weightDecay, lr } = step as { weightDecay: number; lr: number };
  return velocity === null && weightDecay === 0 ? lr : null;
}
