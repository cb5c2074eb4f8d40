import type { TypedArray } from "../../../dtype.ts";
import type { UpdateSignatures } from "../../../update-signatures.ts";
import { penalised, penaltyOf, shrinkOf } from "./decay.ts";

type Rest = UpdateSignatures<TypedArray>["radam"];

export function radam(p: TypedArray, g: TypedArray, ...[{ m, v }, step]: Rest): void {
  const { lr, betas, eps, t } = step;
  const [beta1, beta2] = betas;
  const [longest, left] = [2 / (1 - beta2) - 1, beta2 ** t];
  const length = longest - (2 * t * left) / (1 - left);
  const trusted = length > 5;
  const parts = ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length);
  const plain = lr / (1 - beta1 ** t);
  const size = trusted ? plain * Math.sqrt(parts) * Math.sqrt(1 - left) : plain;
  const [penalty, shrink] = [penaltyOf(step), shrinkOf(step)];
  for (let i = 0; i < p.length; i++) {
    const value = (p[i] as number) * shrink;
    const slope = penalised(g[i] as number, value, penalty);
    const mean = beta1 * (m[i] as number) + (1 - beta1) * slope;
    m[i] = mean;
    v[i] = beta2 * (v[i] as number) + (1 - beta2) * slope * slope;
    const square = v[i] as number; // rounded to the dtype
    p[i] = value - size * (trusted ? mean / (Math.sqrt(square) + eps) : mean);
  }
}
