import { NDArray } from "../../np/index.ts";
import { type AveragedLoss, divisorOf, sumOf } from "./average.ts";
import type { Ranks } from "./ranks.ts";

/** The gradient of one parameter, as its side keeps it. */
export interface GradientSlot {
  readonly value: NDArray;
  gradient: NDArray | null;
}

/** The loss of this rank's part of a batch. */
export interface PartLoss {
  readonly loss: AveragedLoss;
  /** What the loss has just returned for the part. */
  readonly value: number;
  /** The number of rows in the part. */
  readonly rows: number;
}

/**
 * Replaces the gradients of each rank's part by those of the whole batch, and returns the whole
 * batch's loss. A mean over n_r of n rows counts n_r / n; more exactly, it counts by the loss's
 * `divisor`. Sums are added. A rank without rows counts nothing. All ranks must call it.
 * One message in all: for every parameter a mark and its gradient, then loss and divisor.
 */
export function averageGradients(
  ranks: Ranks,
  slots: readonly GradientSlot[],
  { loss, value, rows }: PartLoss,
): number {
  const divisor = rows === 0 ? 0 : divisorOf(loss, rows);
  const weight = divisor ?? 1;
  const isFloat32 = slots.every((slot) => slot.value.dtype === "float32");
  const sizes = slots.reduce((sum, slot) => sum + slot.value.size, 0);
  const message = new (isFloat32 ? Float32Array : Float64Array)(slots.length + sizes + 2);
  let at = slots.length;
  for (const [i, { value: p, gradient }] of slots.entries()) {
    if (gradient) message[i] = 1;
    if (gradient && weight !== 0) message.set(gradient.mul(weight).flat(), at);
    at += p.size;
  }
  message[at] = rows === 0 ? 0 : sumOf(value, divisor);
  message[at + 1] = divisor ?? 0;
  ranks.sum(message);
  const [total = 0, divisors = 0] = message.subarray(at);
  const scale = loss.reduction === "sum" ? 1 : divisors;
  at = slots.length;
  for (const [i, slot] of slots.entries()) {
    const { size, shape, dtype } = slot.value;
    if (message[i] !== 0) {
      const sum = NDArray.empty([...shape], dtype);
      sum.flat().set(message.subarray(at, at + size));
      slot.gradient = sum.div(scale || 1); // where no row of the batch counts, the gradient is 0 and the loss 0 / 0
    }
    at += size;
  }
  return total / scale;
}
