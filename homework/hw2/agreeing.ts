import { againstExact, diagnoseForward, type Evidence, gradientName } from "../../gradcheck/internal.ts";
import { formatShape, type NDArray, sameShape } from "../../np/index.ts";
import type { Examiner, Known } from "../checks/check.ts";
import { Failure } from "../checks/failure.ts";

/** A mistake that this assignment knows, and the numbers that it gives. */
export interface Slip {
  readonly cause: string;
  readonly what: string;
  readonly cure: string;
  readonly value: () => NDArray;
}

/** Room for the roundings of any right order of operations. */
const tolerance = 1e-9;

/**
 * Compares a result of a forward pass with the right one, and says what it looks like.
 * @throws Failure with a diagnosis, its text about `name`
 */
export function agreeValue(
  name: string,
  found: NDArray | undefined,
  expected: NDArray,
  known: Partial<Evidence> & { readonly slips?: readonly Slip[] } = {},
): void {
  if (!found) throw new Failure("answer", { where: `${name} is missing from the answer` });
  const { slips = [], ...evidence } = known;
  refuteSlips(name, found, expected, slips);
  if (againstExact(found, expected, tolerance).agrees) return;
  const told = diagnoseForward({ ...evidence, quantity: "y", found, expected });
  const named = (text: string): string => text.replace(/\by\b/g, name);
  const shapes = `${name} has shape ${formatShape(found.shape)}, expected ${formatShape(expected.shape)}`;
  const fits = sameShape(found.shape, expected.shape);
  const where = fits ? named(told.where) : shapes;
  const what = fits || told.cause !== "unknown" ? named(told.what) : shapes;
  throw new Failure(told.cause, { where, what, cure: named(told.cure) });
}

/**
 * Compares a gradient with the right one, like `agree`, and calls it by the assignment's name for it.
 * @throws Failure with a diagnosis
 */
export function agreeGradient(
  { agree }: Examiner,
  quantity: string,
  found: NDArray | undefined,
  expected: NDArray,
  { name = gradientName(quantity), ...known }: Known & { readonly name?: string } = {},
): void {
  try {
    agree(quantity, found, expected, known);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { where, what, cure } = error.advice;
    const told = (text: string): string =>
      text
        .replace(`${quantity} has shape`, `${name} has shape`)
        .replace(new RegExp(`\\b${gradientName(quantity)}\\b`, "g"), name);
    throw new Failure(error.cause, { where: told(where), what: told(what), cure: told(cure) });
  }
}

/** @throws Failure if `found` is wrong and has the numbers of a known slip */
export function refuteSlips(
  name: string,
  found: NDArray | undefined,
  expected: NDArray,
  slips: readonly Slip[],
): void {
  if (!found || againstExact(found, expected, tolerance).agrees) return;
  const slip = slips.find(({ value }) => againstExact(found, value(), tolerance).agrees);
  if (!slip) return;
  const { cause, what, cure } = slip;
  throw new Failure(cause, { where: `${name} is wrong`, what: `${name} ${what}`, cure });
}

/** @throws Failure unless an array that was handed in came back as it was, to the last bit */
export function expectUntouched(name: string, after: NDArray | undefined, before: NDArray): void {
  const [a, b] = [after?.flat() ?? [], before.flat()];
  if (after && sameShape(after.shape, before.shape) && Array.from(b).every((value, i) => value === a[i]))
    return;
  throw new Failure("input changed", {
    where: `your code changes ${name}, which belongs to its caller`,
    cure: "compute new arrays; methods that end in InPlace change the array they are called on",
  });
}
