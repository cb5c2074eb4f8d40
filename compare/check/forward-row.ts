import type { CheckRow } from "../../gradcheck/index.ts";
import { advised, againstExact, cureAdvice, propertyRow } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { unravelIndex } from "../../np/internal.ts";
import type { Trial } from "./trial.ts";

/** Compares y with the tape's. */
export function forwardRow({ title, row, student }: Trial, mine: NDArray, theirs: NDArray): CheckRow {
  const where = student
    ? "your forward gives another y than chalk and the tape, which agree"
    : "chalk's forward and the tape's differ; compare the two files line by line";
  const found = propertyRow(title, "forward", againstExact(mine, theirs), theirs.shape, where);
  if (found.verdict === "agree") return found;
  const what = student ? `${where}: ${difference(mine, theirs)}` : where;
  const { forward: hint } = row.hints ?? {};
  return advised({ ...found, advice: [] }, [{ where, what, cure: "" }, ...(hint ? [cureAdvice(hint)] : [])]);
}

/** How one y differs from the right one: a factor, an offset, or in which elements. */
function difference(mine: NDArray, theirs: NDArray): string {
  const { shape } = theirs;
  if (theirs.size === 0) return "it has no elements";
  const [a, b] = [mine.flat(), theirs.flat()];
  let largest = 0;
  for (const value of b) largest = Math.max(largest, Math.abs(value));
  const tolerance = 1e-9 * Math.max(largest, 1e-3);
  const at = [...b.keys()].filter((i) => !(Math.abs((a[i] as number) - (b[i] as number)) <= tolerance));
  const worst = againstExact(mine, theirs).worst;
  const [yours, right] = [a[worst] as number, b[worst] as number];
  const factor = yours / right;
  const every = (holds: (i: number) => boolean): boolean => b.length > 1 && [...b.keys()].every(holds);
  if (every((i) => Math.abs((a[i] as number) - factor * (b[i] as number)) <= tolerance * Math.abs(factor)))
    return `yours is the right one times ${Number(factor.toPrecision(6))}, everywhere`;
  const offset = yours - right;
  if (every((i) => Math.abs((a[i] as number) - (b[i] as number) - offset) <= tolerance))
    return `yours is the right one plus ${Number(offset.toPrecision(6))}, everywhere`;
  const index = unravelIndex(worst, shape).join(", ");
  return `${at.length} of ${b.length} elements differ; at [${index}] yours is ${yours.toPrecision(6)}, the right one ${right.toPrecision(6)}`;
}
