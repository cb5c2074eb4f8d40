import { sameShape } from "../../np/index.ts";
import { largest, same } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";

/** Recognises a wrong mask: every element is right, or 0 on just one of the two sides. */
export function wrongMask({ quantity, found, expected, dy }: Evidence, tolerance: number): string | null {
  if (!sameShape(found.shape, expected.shape)) return null;
  const [f, e] = [found.flat(), expected.flat()];
  const small = tolerance * Math.min(largest(f), largest(e));
  let [right, missing, tooMany] = [0, 0, 0];
  for (let i = 0; i < f.length; i++) {
    const [a, b] = [f[i] as number, e[i] as number];
    if (Math.abs(a - b) <= small) right += Math.abs(b) > small ? 1 : 0;
    else if (Math.abs(b) <= small) missing++;
    else if (Math.abs(a) <= small) tooMany++;
    else return null;
  }
  const d = gradientName(quantity);
  if (right === 0 && missing > 0)
    return `${d} is 0 where it should not be, and not 0 where it should be: the mask is the wrong way round`;
  const zeros = `${missing} of ${f.length} elements should be 0 and are not`;
  const lost = `${tooMany} of ${f.length} elements are 0 and should not be`;
  if (right === 0) return null;
  if (tooMany === 0 && same(found, dy, tolerance))
    return `${d} is dy itself: the mask of forward (for ReLU x > 0) is missing; ${zeros}`;
  if (tooMany === 0)
    return `${d} is right except for the mask: ${zeros}; multiply by the mask of forward (for ReLU x > 0)`;
  if (missing === 0)
    return `${d} is right except for the mask: ${lost}; which elements does the mask let through?`;
  return `${d} is right except for the mask: ${lost}, and ${zeros}; use the mask of forward's input, not of dy or anything else`;
}
