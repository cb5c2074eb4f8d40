import type { TypedArray } from "../../../dtype.ts";
import type { UpdateSignatures } from "../../../update-signatures.ts";
import { penalised, penaltyOf } from "./decay.ts";

type Rest = UpdateSignatures<TypedArray>["rmsprop"];

export function rmsprop(p: TypedArray, g: TypedArray, ...[{ v, m, velocity }, step]: Rest): void {
  const { lr, alpha, eps, momentum } = step;
  const penalty = penaltyOf(step);
  for (let i = 0; i < p.length; i++) {
    const value = p[i] as number;
    const slope = penalised(g[i] as number, value, penalty);
    v[i] = alpha * (v[i] as number) + (1 - alpha) * slope * slope;
    let variance = v[i] as number; // rounded to the dtype
    if (m) {
      m[i] = alpha * (m[i] as number) + (1 - alpha) * slope;
      const mean = m[i] as number;
      p[i] = mean * mean;
      variance -= p[i] as number; // of the square as rounded to the dtype
    }
    let direction = slope / (Math.sqrt(variance) + eps);
    if (velocity) {
      direction += momentum * (velocity[i] as number);
      velocity[i] = direction;
    }
    p[i] = value - lr * direction;
  }
}
