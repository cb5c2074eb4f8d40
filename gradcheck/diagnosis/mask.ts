import { sameShape } from "../../np/index.ts";
import { largest, same } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";
import type { Look } from "./look.ts";
import { placeOf } from "./places.ts";

/** Recognises a mask that is returned by itself: 0 or one other number, and right for dy = 1. */
export function maskReturned(
  { quantity, found, forOnes }: Evidence,
  tolerance: number,
): Omit<Look, "cause"> | null {
  if (!same(found, forOnes, tolerance)) return null;
  const values = [...new Set(Array.from(found.flat()))];
  if (values.length !== 2 || !values.includes(0)) return null;
  const other = values.find((value) => value !== 0);
  return {
    what: `${gradientName(quantity)} is the mask itself, 0 or ${other}: backward ignores the dy it receives`,
    cure: "return dy times the mask",
  };
}

/** Recognises a wrong mask: every element is right, or 0 on just one of the two sides. */
export function wrongMask(evidence: Evidence, tolerance: number): Omit<Look, "cause"> | null {
  const { quantity, found, expected, dy } = evidence;
  if (!sameShape(found.shape, expected.shape)) return null;
  const [f, e] = [found.flat(), expected.flat()];
  const small = tolerance * Math.min(largest(f), largest(e));
  let [right, missing, tooMany] = [0, 0, 0];
  const wrong: boolean[] = [];
  for (let i = 0; i < f.length; i++) {
    const [a, b] = [f[i] as number, e[i] as number];
    wrong.push(Math.abs(a - b) > small);
    if (!wrong[i]) right += Math.abs(b) > small ? 1 : 0;
    else if (Math.abs(b) <= small) missing++;
    else if (Math.abs(a) <= small) tooMany++;
    else return null;
  }
  const d = gradientName(quantity);
  if (right === 0 && missing > 0)
    return {
      what: `${d} is 0 where it should not be, and not 0 where it should be`,
      cure: "the mask is the wrong way round",
    };
  if (right === 0) return null;
  const place = placeOf(evidence, wrong);
  const at = place ? ` (${place})` : "";
  const zeros = `${missing} of ${f.length} elements should be 0 and are not`;
  const lost = `${tooMany} of ${f.length} elements are 0 and should not be`;
  if (tooMany === 0 && same(found, dy, tolerance))
    return { what: `${d} is dy itself`, cure: `the mask of forward (for ReLU x > 0) is missing; ${zeros}` };
  const what = `${d} is right except for the mask:`;
  if (tooMany === 0)
    return { what: `${what} ${zeros}${at}`, cure: "multiply by the mask of forward (for ReLU x > 0)" };
  if (missing === 0)
    return { what: `${what} ${lost}${at}`, cure: "which elements does the mask let through?" };
  return {
    what: `${what} ${lost}, and ${zeros}${at}`,
    cure: "use the mask of forward's input, not of dy or anything else",
  };
}
