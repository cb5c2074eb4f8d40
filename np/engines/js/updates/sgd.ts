import type { TypedArray } from "../../../dtype.ts";
import type { UpdateSignatures } from "../../../update-signatures.ts";
import { penalised, penaltyOf } from "./decay.ts";

export function sgd(
  p: TypedArray,
  g: TypedArray,
  ...[{ velocity }, step]: UpdateSignatures<TypedArray>["sgd"]
): void {
  const { lr, momentum, dampening, nesterov, first } = step;
  const penalty = penaltyOf(step);
  for (let i = 0; i < p.length; i++) {
    const value = p[i] as number;
    const slope = penalised(g[i] as number, value, penalty);
    let direction = slope;
    if (velocity) {
      velocity[i] = first ? slope : momentum * (velocity[i] as number) + (1 - dampening) * slope;
      const v = velocity[i] as number;
      p[i] = nesterov ? slope + momentum * v : v;
      direction = p[i] as number; // rounded to the dtype
    }
    p[i] = value - lr * direction;
  }
}
