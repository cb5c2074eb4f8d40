import type { GradientSlot } from "../training/internal.ts";
import { Tensor } from "./tensor.ts";

/** A parameter and its gradient as arrays, for what both sides share. */
export function slotOf(p: Tensor): GradientSlot {
  return {
    value: p.data,
    get gradient() {
      return p.grad?.data ?? null;
    },
    set gradient(gradient) {
      p.grad = gradient && new Tensor(gradient);
    },
  };
}
