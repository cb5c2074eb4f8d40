import { type AdamStep, engine, type SgdStep } from "./engine.ts";
import type { NDArray } from "./ndarray.ts";

/** One step of SGD on `value` and its velocity, in place and in one pass. The formula stands in `manual/optimizers/sgd.ts`. */
export function updateSgd(value: NDArray, gradient: NDArray, velocity: NDArray | null, step: SgdStep): void {
  const v = velocity?.writable("updateSgd", value) ?? null;
  engine().sgd(value.writable("updateSgd", gradient), gradient.flat(), v, step);
}

/** One step of Adam on `value` and its two moments, in place and in one pass. The formula stands in `manual/optimizers/adam.ts`. */
export function updateAdam(value: NDArray, gradient: NDArray, m: NDArray, v: NDArray, step: AdamStep): void {
  const [mean, square] = [m.writable("updateAdam", value), v.writable("updateAdam", value)];
  engine().adam(value.writable("updateAdam", gradient), gradient.flat(), mean, square, step);
}
