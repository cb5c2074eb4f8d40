import type { TypedArray } from "../../../dtype.ts";
import type { UpdateSignatures } from "../../../update-signatures.ts";
import { penalised, penaltyOf } from "./decay.ts";

type Rest = UpdateSignatures<TypedArray>["adadelta"];

export function adadelta(p: TypedArray, g: TypedArray, ...[{ v, u }, step]: Rest): void {
  const { lr, rho, eps } = step;
  const penalty = penaltyOf(step);
  for (let i = 0; i < p.length; i++) {
    const value = p[i] as number;
    const slope = penalised(g[i] as number, value, penalty);
    v[i] = rho * (v[i] as number) + (1 - rho) * slope * slope;
    const square = v[i] as number; // rounded to the dtype
    const delta = (Math.sqrt((u[i] as number) + eps) / Math.sqrt(square + eps)) * slope;
    u[i] = rho * (u[i] as number) + (1 - rho) * delta * delta;
    p[i] = value - lr * delta;
  }
}
