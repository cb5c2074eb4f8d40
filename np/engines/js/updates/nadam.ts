import type { TypedArray } from "../../../dtype.ts";
import type { UpdateSignatures } from "../../../update-signatures.ts";
import { penalised, penaltyOf, shrinkOf } from "./decay.ts";

type Rest = UpdateSignatures<TypedArray>["nadam"];

export function nadam(p: TypedArray, g: TypedArray, ...[{ m, v }, step]: Rest): void {
  const { lr, betas, eps, t, mu, muNext, product } = step;
  const [beta1, beta2] = betas;
  const [now, ahead] = [(lr * (1 - mu)) / (1 - product), (lr * muNext) / (1 - product * muNext)];
  const correction = 1 - beta2 ** t;
  const [penalty, shrink] = [penaltyOf(step), shrinkOf(step)];
  for (let i = 0; i < p.length; i++) {
    const value = (p[i] as number) * shrink;
    const slope = penalised(g[i] as number, value, penalty);
    const mean = beta1 * (m[i] as number) + (1 - beta1) * slope;
    m[i] = mean;
    v[i] = beta2 * (v[i] as number) + (1 - beta2) * slope * slope;
    p[i] = (v[i] as number) / correction;
    const root = Math.sqrt(p[i] as number) + eps; // of the quotient as rounded to the dtype
    p[i] = value - now * (slope / root) - ahead * (mean / root);
  }
}
