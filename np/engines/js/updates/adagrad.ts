import type { TypedArray } from "../../../dtype.ts";
import type { UpdateSignatures } from "../../../update-signatures.ts";
import { penalised, penaltyOf } from "./decay.ts";

type Rest = UpdateSignatures<TypedArray>["adagrad"];

export function adagrad(p: TypedArray, g: TypedArray, ...[{ sum }, step]: Rest): void {
  const { lr, lrDecay, eps, t } = step;
  const size = lr / (1 + (t - 1) * lrDecay);
  const penalty = penaltyOf(step);
  for (let i = 0; i < p.length; i++) {
    const value = p[i] as number;
    const slope = penalised(g[i] as number, value, penalty);
    sum[i] = (sum[i] as number) + slope * slope;
    const squares = sum[i] as number; // rounded to the dtype
    p[i] = value - size * (slope / (Math.sqrt(squares) + eps));
  }
}
