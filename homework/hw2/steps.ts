import { array, exp, log, type NDArray, oneHot } from "../../np/index.ts";
import type { Examiner } from "../checks/check.ts";
import type { Arrays } from "../protocol/frame.ts";
import { agreeGradient, agreeValue, refuteSlips, type Slip } from "./agreeing.ts";
import { type ExpectedSteps, expectedSteps, gradientOf, type StepName } from "./expected-steps.ts";
import type { LogitsAndTarget } from "./inputs.ts";

/**
 * Some of the values that the student's crossEntropySteps gives.
 * @throws Failure
 */
export async function examineSteps(
  { ask, together }: Examiner,
  { logits, target }: LogitsAndTarget,
  names: readonly StepName[],
): Promise<void> {
  const found = await ask("steps", { logits, target });
  const { values } = expectedSteps(logits, target);
  const N = logits.shape[0] as number;
  const slips: Partial<Record<StepName, readonly Slip[]>> = {
    loss: [
      slip("factor N", "is a sum over the images", "the loss is a mean: divide by N", () =>
        values.loss.mul(N),
      ),
      slip("sign", "has the wrong sign", "the loss is minus the mean", () => values.loss.neg()),
    ],
    logProbs: [
      slip("wrong term", "is the logarithm of exps", "take the logarithm of probs", () => log(values.exps)),
    ],
    picked: [
      slip("wrong term", "is picked from probs", "pick from logProbs", () => exp(values.picked)),
      slip("sign", "has the minus of the loss", "the minus comes with the loss", () => values.picked.neg()),
    ],
  };
  await together(
    names.map((name) => () => {
      agreeValue(name, found[name], values[name], { inputs: [logits], slips: slips[name] ?? [] });
    }),
  );
}

/**
 * Some of the gradients that the student's crossEntropyStepsBackward gives for the right steps.
 * @throws Failure
 */
export async function examineStepGradients(
  examiner: Examiner,
  { logits, target }: LogitsAndTarget,
  names: readonly StepName[],
): Promise<void> {
  const expected = expectedSteps(logits, target);
  const found = await examiner.ask("stepsBackward", { ...expected.values, target });
  const [N, C] = logits.shape as [number, number];
  const lengths = [
    { name: "N, the batch", length: N },
    { name: "the number of classes", length: C },
  ];
  await examiner.together(
    names.map((name) => () => {
      const d = gradientOf(name);
      const right = expected.gradients[d] as NDArray;
      refuteSlips(d, found[d], right, slipsOf(name, expected, target));
      agreeGradient(examiner, name, found[d], right, { lengths, dy: array(1) });
    }),
  );
}

/** Known mistakes in one gradient, from the right gradients of the steps behind it. */
function slipsOf(name: StepName, { values, gradients }: ExpectedSteps, target: NDArray): readonly Slip[] {
  const { exps, sums, probs } = values;
  const { dPicked, dLogProbs, dProbs, dSums } = gradients as Record<string, NDArray> & Arrays;
  const table: Partial<Record<StepName, readonly Slip[]>> = {
    logProbs: [
      slip("wrong term", "has dPicked in all classes", "L depends on logProbs only at the target", () =>
        broadcast(dPicked, probs),
      ),
      slip("wrong term", "is t itself: dPicked is left out", "multiply by what arrived, dPicked", () =>
        oneHot(target, probs.shape[1] as number).astype("float64"),
      ),
    ],
    probs: [
      slip("wrong derivative", "is multiplied by probs", "the derivative of log p is 1 / p", () =>
        times(dLogProbs, probs),
      ),
    ],
    sums: [
      slip("wrong derivative", "lacks the square", "the derivative of e / s by s is −e / s²", () =>
        times(dProbs, exps).sum(1, true).div(sums).neg(),
      ),
      slip("term missing", "lacks the factor exps", "the derivative of e / s by s is −e / s²", () =>
        (dProbs as NDArray).sum(1, true).div(sums).div(sums).neg(),
      ),
    ],
    exps: [
      slip(
        "term missing",
        "is only the way through probs",
        "exps are used twice: in probs and in sums. Add dSums",
        () => (dProbs as NDArray).div(sums),
      ),
      slip(
        "term missing",
        "is only the way through sums",
        "exps are used twice: in probs and in sums. Add dProbs / sums",
        () => broadcast(dSums, exps),
      ),
      slip("sign", "has dSums taken away", "two ways are added: dSums has its minus already", () =>
        (dProbs as NDArray).div(sums).sub(dSums as NDArray),
      ),
    ],
    shifted: [
      slip("derivative missing", "is dExps", "the derivative of exp is exp: multiply by exps", () =>
        (gradients.dExps as NDArray).copy(),
      ),
    ],
  };
  return table[name] ?? [];
}

function slip(cause: string, what: string, cure: string, value: () => NDArray): Slip {
  return { cause, what, cure, value };
}

function times(a: NDArray | undefined, b: NDArray): NDArray {
  return (a as NDArray).mul(b);
}

function broadcast(x: NDArray | undefined, like: NDArray): NDArray {
  return (x as NDArray).broadcastTo(like.shape).copy();
}
