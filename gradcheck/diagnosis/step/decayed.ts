import { number, type StepOptions } from "./trace.ts";

/** g + λp, and p after a decoupled decay. */
export function decayed(
  p: number,
  plain: number,
  o: StepOptions,
): { readonly g: number; readonly from: number } {
  const [lr, decay] = [number(o, "lr"), number(o, "weightDecay")];
  return o.decoupledWeightDecay === true
    ? { g: plain, from: p * (1 - lr * decay) }
    : { g: plain + decay * p, from: p };
}
