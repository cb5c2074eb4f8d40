import { exp, logSoftmax, type NDArray, softmax } from "../../np/index.ts";
import type { Examiner } from "../checks/check.ts";
import { agreeValue, expectUntouched } from "./agreeing.ts";

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
 * The text of the file calls none of np's own functions with these names. An honest reader's rule: whoever
 * wants to get around it can.
 * @throws Failure
 */
export function expectOwn(examiner: Examiner, names: readonly string[]): void {
  const code = examiner.source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");
  const space = code.match(/import\s*\*\s*as\s+(\w+)\s+from\s*["']chalk-and-tape\/np["']/)?.[1];
  const imported = code.match(/import\s*\{([^}]*)\}\s*from\s*["']chalk-and-tape\/np["']/)?.[1] ?? "";
  const used = names.find(
    (name) =>
      new RegExp(`\\b${name}\\b`).test(imported) ||
      (space !== undefined && new RegExp(`\\b${space}\\s*\\.\\s*${name}\\b`).test(code)),
  );
  examiner.require(used === undefined, {
    cause: "library",
    where: `hw2.ts uses np.${used}; this task is to write it with max, exp, log and sums`,
  });
}
