import type { TypedArray } from "../../dtype.ts";
import type { AdamStep, SgdStep } from "../../engine.ts";

export function addInPlace(y: TypedArray, x: TypedArray, scale: number): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + scale * (x[i] as number);
}

export function sgd(
  value: TypedArray,
  gradient: TypedArray,
  velocity: TypedArray | null,
  step: SgdStep,
): void {
  const { lr, momentum, dampening, nesterov, weightDecay, first } = step;
  for (let i = 0; i < value.length; i++) {
    const p = value[i] as number;
    const slope = gradient[i] as number;
    const g = weightDecay > 0 ? slope + weightDecay * p : slope; // 0 · ∞ would be NaN
    let direction = g;
    if (velocity) {
      const v = first ? g : momentum * (velocity[i] as number) + (1 - dampening) * g;
      velocity[i] = v;
      direction = nesterov ? g + momentum * v : v;
    }
    value[i] = p - lr * direction;
  }
}

export function adam(
  value: TypedArray,
  gradient: TypedArray,
  m: TypedArray,
  v: TypedArray,
  step: AdamStep,
): void {
  const { lr, beta1, beta2, eps, weightDecay, t } = step;
  const size = lr / (1 - beta1 ** t);
  const correction = Math.sqrt(1 - beta2 ** t);
  for (let i = 0; i < value.length; i++) {
    const p = value[i] as number;
    const slope = gradient[i] as number;
    const g = weightDecay > 0 ? slope + weightDecay * p : slope; // 0 · ∞ would be NaN
    const mean = beta1 * (m[i] as number) + (1 - beta1) * g;
    const square = beta2 * (v[i] as number) + (1 - beta2) * (g * g);
    m[i] = mean;
    v[i] = square;
    value[i] = p - size * (mean / (Math.sqrt(square) / correction + eps));
  }
}
