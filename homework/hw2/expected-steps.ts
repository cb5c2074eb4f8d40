import { type Tensor, tensor } from "../../autograd/index.ts";
import { array, exp, log, max, type NDArray, oneHot } from "../../np/index.ts";
import type { Arrays } from "../protocol/frame.ts";

/** The names of the steps, in the order of forward; the loss is the last. */
export const stepNames = [
  "logits",
  "rowMax",
  "shifted",
  "exps",
  "sums",
  "probs",
  "logProbs",
  "picked",
  "loss",
] as const;
export type StepName = (typeof stepNames)[number];

/** The right value of each step, and the right gradient of each but the loss, from a tape. */
export interface ExpectedSteps {
  readonly values: Readonly<Record<StepName, NDArray>>;
  /** By the name of the gradient: dPicked … dLogits. */
  readonly gradients: Arrays;
}

/** Cross entropy of logits (N, C) and class indices (N,), step by step. */
export function expectedSteps(logits: NDArray, target: NDArray): ExpectedSteps {
  const [N, C] = logits.shape as [number, number];
  const z = tensor(logits, { requiresGrad: true });
  const rowMax = tensor(max(logits, 1, true), { requiresGrad: true }); // (N, 1)
  const shifted = z.sub(rowMax);
  const exps = exp(shifted);
  const sums = exps.sum(1, true);
  const probs = exps.div(sums);
  const logProbs = log(probs);
  const picked = logProbs.mul(oneHot(target, C)).sum(1, true); // (N, 1)
  const loss = picked.sum().div(-N);
  const steps = { logits: z, rowMax, shifted, exps, sums, probs, logProbs, picked };
  for (const step of [shifted, exps, sums, probs, logProbs, picked]) step.retainGrad();
  loss.backward();
  const gradients = Object.entries(steps).map(([name, step]) => [gradientOf(name), gradOf(step)]);
  const values = Object.entries({ ...steps, loss }).map(([name, step]) => [name, step.data]);
  return { values: Object.fromEntries(values), gradients: Object.fromEntries(gradients) };
}

/** dPicked for "picked". */
export function gradientOf(step: string): string {
  return `d${step[0]?.toUpperCase()}${step.slice(1)}`;
}

function gradOf({ grad }: Tensor): NDArray {
  return grad?.data ?? array(Number.NaN);
}
