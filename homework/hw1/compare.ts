import { againstExact, diagnoseForward } from "../../gradcheck/internal.ts";
import { formatShape, type NDArray, sameShape } from "../../np/index.ts";
import type { Examiner, Known } from "../checks/check.ts";
import { Failure } from "../checks/failure.ts";
import type { Arrays } from "../protocol/frame.ts";

/** The tolerance of values that one formula gives, relative to the largest element. */
const roundings = 1e-9;

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
export function agreeGradients(
  examiner: Examiner,
  answer: Arrays,
  expected: Arrays,
  known: (name: string) => Known,
): void {
  for (const [name, right] of Object.entries(expected)) {
    try {
      examiner.agree(name, answer[`d${name}`], right, known(name));
    } catch (error) {
      throw error instanceof Failure ? inOurNames(error) : error;
    }
  }
}

/** The checker says dB for the gradient of b; this assignment says db. */
function inOurNames({ cause, advice: { where, what, cure } }: Failure): Failure {
  const named = (text: string): string =>
    text.replace(/\bd([BZ])(?=\d?\b)/g, (_, c) => `d${c.toLowerCase()}`);
  return new Failure(cause, { where: named(where), what: named(what), cure: named(cure) });
}
