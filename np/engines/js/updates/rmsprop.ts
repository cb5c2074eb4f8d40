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
    const square = alpha * (v[i] as number) + (1 - alpha) * (slope * slope);
    v[i] = square;
    let variance = square;
    if (m) {
      const mean = alpha * (m[i] as number) + (1 - alpha) * slope;
      m[i] = mean;
      variance = square - mean * mean;
    }
    let direction = slope / (Math.sqrt(variance) + eps);
    if (velocity) {
      direction += momentum * (velocity[i] as number);
      velocity[i] = direction;
    }
    p[i] = value - lr * direction;
  }
}
