import { CrossEntropyLoss } from "../../manual/index.ts";
import { array, type NDArray } from "../../np/index.ts";
import type { Examiner } from "../checks/check.ts";
import type { Arrays } from "../protocol/frame.ts";
import { agreeGradient, agreeValue, expectUntouched } from "./agreeing.ts";
import type { LogitsAndTarget } from "./inputs.ts";

/** What is compared of a student's CrossEntropyLoss. */
export type LossPart = "loss" | "gradient";

/**
 * The student's CrossEntropyLoss: one object sees all batches, and every answer counts.
 * @throws Failure
 */
export async function examineLoss(
  examiner: Examiner,
  batches: readonly LogitsAndTarget[],
  part: LossPart,
): Promise<void> {
  const inputs = batches.flatMap(({ logits, target }, i): [string, NDArray][] => [
    [`logits${i}`, logits],
    [`target${i}`, target],
  ]);
  const found = await examiner.ask("loss", Object.fromEntries(inputs));
  for (const [i, { logits, target }] of batches.entries()) {
    const expected = new CrossEntropyLoss();
    const loss = expected.forward(logits, target);
    if (part === "loss") agreeLoss(found, i, loss, logits);
    else {
      const inputs = [logits, target];
      const known = {
        name: "dLogits",
        inputs,
        lengths: lengthsOf(logits),
        dy: array(1),
        ...earlier(batches, i),
      };
      agreeGradient(examiner, "x", found[`dLogits${i}`], expected.backward(), known);
    }
    expectUntouched("the logits", found[`logits${i}`], logits);
  }
}

function agreeLoss(found: Arrays, i: number, expected: NDArray, logits: NDArray): void {
  const N = logits.shape[0] as number;
  agreeValue("the loss", found[`loss${i}`], expected, {
    slips: [
      {
        cause: "factor N",
        what: "is a sum over the images",
        cure: "divide by N",
        value: () => expected.mul(N),
      },
      { cause: "sign", what: "has the wrong sign", cure: "minus the mean", value: () => expected.neg() },
      {
        cause: "wrong count",
        what: "is divided by the number of classes too",
        cure: "the mean is over the N images",
        value: () => expected.div(logits.shape[1] as number),
      },
    ],
  });
}

function lengthsOf(logits: NDArray): { name: string; length: number }[] {
  const [N, C] = logits.shape as [number, number];
  return [
    { name: "N, the batch", length: N },
    { name: "the number of classes", length: C },
  ];
}

/** What a stale or an accumulated gradient would be. */
function earlier(
  batches: readonly LogitsAndTarget[],
  i: number,
): { forEarlier?: NDArray; afterTwo?: NDArray } {
  const [now, before] = [batches[i], batches[i - 1]];
  if (!now || !before || before.logits.size !== now.logits.size) return {};
  const [right, old] = [gradient(now), gradient(before)];
  return { forEarlier: old, afterTwo: right.add(old) };
}

function gradient({ logits, target }: LogitsAndTarget): NDArray {
  const loss = new CrossEntropyLoss();
  loss.forward(logits, target);
  return loss.backward();
}
