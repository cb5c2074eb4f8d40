import { exp, logSoftmax, type NDArray, softmax } from "../../np/index.ts";
import type { Examiner } from "../checks/check.ts";
import { agreeValue, expectUntouched } from "./agreeing.ts";
import { npNamesIn } from "./np-names.ts";

/** np's own functions that task 1 asks to write. */
export const ownNames: readonly string[] = ["softmax", "logSoftmax", "logsumexp"];

/**
 * The student's softmax of z (N, C).
 * @throws Failure
 */
export async function examineSoftmax({ ask }: Examiner, z: NDArray): Promise<void> {
  const { p, z: after } = await ask("softmax", { z });
  agreeValue("p", p, softmax(z, 1), {
    inputs: [z],
    slips: [
      {
        cause: "term missing",
        what: "is exp(z − largest logit): the division is missing",
        cure: "divide by the sum over the classes",
        value: () => exp(z.sub(z.max(1, true))),
      },
      {
        cause: "wrong axis",
        what: "is right only if each column is divided by its own sum",
        cure: "the sum is over the classes, axis 1",
        value: () => divided(exp(z.sub(z.max(1, true))), 0),
      },
    ],
  });
  expectUntouched("z", after, z);
}

/**
 * The student's logSoftmax of z (N, C).
 * @throws Failure
 */
export async function examineLogSoftmax({ ask }: Examiner, z: NDArray): Promise<void> {
  const { logP, z: after } = await ask("logSoftmax", { z });
  agreeValue("logP", logP, logSoftmax(z, 1), {
    inputs: [z],
    slips: [
      {
        cause: "wrong term",
        what: "is the softmax itself, not its logarithm",
        cure: "log p = shifted − log Σ exp(shifted)",
        value: () => softmax(z, 1),
      },
    ],
  });
  expectUntouched("z", after, z);
}

function divided(exps: NDArray, axis: number): NDArray {
  return exps.div(exps.sum(axis, true));
}

/**
 * The text of the file uses none of np's own functions with these names: however it imports or names them,
 * but not in strings and comments. An honest reader's rule: whoever wants to get around it can.
 * @throws Failure
 */
export function expectOwn(examiner: Examiner, names: readonly string[]): void {
  const found = npNamesIn(examiner.source);
  const used = names.find((name) => found.has(name));
  examiner.require(used === undefined, {
    cause: "library",
    where: `hw2.ts uses np.${used}; this task is to write it with max, exp, log and sums`,
  });
  examiner.require(!found.has("[…]"), {
    cause: "library",
    where: "hw2.ts reads a member of np by a computed name; write its name: np.max",
  });
}
