import type { TypedArray } from "../../../dtype.ts";
import type { UpdateSignatures } from "../../../update-signatures.ts";
import { penalised, penaltyOf, shrinkOf } from "./decay.ts";

type Rest = UpdateSignatures<TypedArray>["adam"];

export function adam(p: TypedArray, g: TypedArray, ...[{ m, v, vMax }, step]: Rest): void {
  const { lr, betas, eps, amsgrad, t } = step;
  const [beta1, beta2] = betas;
  const size = lr / (1 - beta1 ** t);
  const correction = Math.sqrt(1 - beta2 ** t);
  const [penalty, shrink] = [penaltyOf(step), shrinkOf(step)];
  for (let i = 0; i < p.length; i++) {
    const value = (p[i] as number) * shrink;
    const slope = penalised(g[i] as number, value, penalty);
    const mean = beta1 * (m[i] as number) + (1 - beta1) * slope;
    m[i] = mean;
    v[i] = beta2 * (v[i] as number) + (1 - beta2) * slope * slope;
    let square = v[i] as number; // rounded to the dtype: in float32 it may overflow, as in chalk
    if (amsgrad && vMax) {
      square = Math.max(vMax[i] as number, square);
      vMax[i] = square;
    }
    p[i] = value - size * (mean / (Math.sqrt(square) / correction + eps));
  }
}
