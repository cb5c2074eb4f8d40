import type * as manual from "../../manual/index.ts";
import type { DType, NDArray } from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import { gradientDifference, weightDifference } from "./differences.ts";
import type { Runner, Step } from "./runner.ts";

/** Throws unless both sides have the same parameters, equal to the last bit; returns their dtype. */
export function expectEqualStart(left: Runner, right: Runner): DType {
  const [a, b] = [left.state(), right.state()];
  const names = Object.keys(a);
  if (names.join() !== Object.keys(b).join()) {
    throw new RangeError(
      `compare: chalk's parameters are ${names.join(", ")}; the tape's are ${Object.keys(b).join(", ")}`,
    );
  }
  const difference = weightDifference(a, b);
  if (difference > 0) {
    throw new RangeError(
      `compare: the two models start with weights that differ by ${difference.toExponential(1)}; build both with { rng: random(seed) } and the same seed, or call autograd.loadStateDict(manual.stateDict())`,
    );
  }
  const { dtype } = a[names[0] as string] as NDArray;
  if (!isFloat(dtype)) throw new TypeError(`compare: parameters are ${dtype}, expected float64 or float32`);
  return dtype;
}

/** The difference of the gradients when the tape has chalk's weights. Both sides are restored afterwards. */
export function atEqualWeights(left: Runner, right: Runner, batch: manual.Batch, at: Step): number {
  const back = [left.snapshot(), right.snapshot()];
  right.load(left.state());
  left.computeGradients(batch, at, false);
  right.computeGradients(batch, at, false);
  const difference = gradientDifference(left.gradients(), right.gradients());
  for (const restore of back) restore();
  return difference;
}
