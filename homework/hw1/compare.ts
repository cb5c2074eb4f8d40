import { againstExact, diagnoseForward } from "../../gradcheck/internal.ts";
import { formatShape, type NDArray, sameShape } from "../../np/index.ts";
import type { Examiner, Known } from "../checks/check.ts";
import { Failure } from "../checks/failure.ts";
import type { Arrays } from "../protocol/frame.ts";

/** The tolerance of values that one formula gives, relative to the largest element. */
const roundings = 1e-9;

/** The causes that earn a part where a result is right but for a factor. */
export const factors: readonly string[] = ["factor N", "factor 1/N"];

/**
 * Compares a result of forward. `name` is the assignment's: y, z, loss.
 * @throws Failure with a diagnosis
 */
export function agreeForward(
  name: string,
  found: NDArray | undefined,
  expected: NDArray,
  { tolerance = roundings, ...evidence }: Known = {},
): void {
  if (!found) throw new Failure("answer", { where: `${name} is missing from the answer` });
  const isShape = sameShape(found.shape, expected.shape);
  if (isShape && againstExact(found, expected, tolerance).agrees) return;
  const diagnosis = diagnoseForward({ quantity: "y", found, expected, ...evidence }, { tolerance });
  const where = isShape
    ? diagnosis.where
    : `${name} has shape ${formatShape(found.shape)}, expected ${formatShape(expected.shape)}`;
  const cause = diagnosis.cause === "unknown" && !isShape ? "other shape" : diagnosis.cause;
  const named = (text: string): string => text.replace(/\by\b/g, name);
  throw new Failure(cause, {
    where: named(where),
    what: named(diagnosis.what),
    cure: diagnosis.cure,
  });
}

/**
 * Compares gradients. The answer has them as dW and db, where `expected` has W and b.
 * @throws Failure with a diagnosis of the first that differs
 */
export async function agreeGradients(
  examiner: Examiner,
  answer: Arrays,
  expected: Arrays,
  known: (name: string) => Known,
): Promise<void> {
  await examiner.together(
    Object.entries(expected).map(([name, right]) => () => {
      const found = answer[`d${name}`];
      if (isSame(found, right)) return;
      try {
        examiner.agree(name, found, right, known(name)); // what is known may take long to compute
      } catch (error) {
        throw error instanceof Failure ? inOurNames(error, name) : error;
      }
    }),
  );
}

/** Whether an array of an answer has the right shape and the right numbers. */
export function isSame(found: NDArray | undefined, right: NDArray): boolean {
  return (
    found !== undefined && sameShape(found.shape, right.shape) && againstExact(found, right, roundings).agrees
  );
}

/** The checker says dB for the gradient of b, and b for its shape; this assignment says db. */
function inOurNames({ cause, advice: { where, what, cure } }: Failure, name: string): Failure {
  const named = (text: string): string =>
    text
      .replace(/\bd([BZ])(?=\d?\b)/g, (_, letter: string) => `d${letter.toLowerCase()}`)
      .replace(`${name} has shape`, `d${name} has shape`);
  return new Failure(cause, { where: named(where), what: named(what), cure: named(cure) });
}
