import type { TypedArray } from "../../../dtype.ts";
import type { UpdateSignatures } from "../../../update-signatures.ts";
import { penalised, penaltyOf } from "./decay.ts";

type Rest = UpdateSignatures<TypedArray>["adamax"];

export function adamax(p: TypedArray, g: TypedArray, ...[{ m, u }, step]: Rest): void {
  const { lr, betas, eps, t } = step;
  const [beta1, beta2] = betas;
  const size = lr / (1 - beta1 ** t);
  const penalty = penaltyOf(step);
  for (let i = 0; i < p.length; i++) {
    const value = p[i] as number;
    const slope = penalised(g[i] as number, value, penalty);
    const mean = beta1 * (m[i] as number) + (1 - beta1) * slope;
    const largest = Math.max(beta2 * (u[i] as number), Math.abs(slope) + eps);
    m[i] = mean;
    u[i] = largest;
    p[i] = value - size * (mean / largest);
  }
}
