import type { Examiner } from "../checks/check.ts";
import { Failure } from "../checks/failure.ts";
import type { LayerUnderTest } from "./layer-under-test.ts";
import { repliesOf } from "./remote-layer.ts";

/**
 * What the submission's test says of a layer: whether its gradients are right.
 * A test that throws, or says neither true nor false, has said "thrown" with its reason.
 * @throws Failure for a submission that ended or took too long
 */
export async function judgedBy(
  examiner: Examiner,
  layer: LayerUnderTest,
): Promise<{ readonly isRight: boolean | null; readonly reason: string }> {
  try {
    const { right } = await examiner.ask("gradientIsRight", {}, repliesOf(layer));
    return { isRight: right?.size === 1 ? right.item() === 1 : null, reason: "" };
  } catch (error) {
    if (!(error instanceof Failure && error.cause === "thrown")) throw error;
    return { isRight: null, reason: error.advice.where };
  }
}
