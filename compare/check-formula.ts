import { againstExact, type Branch, type CheckRow, symbolicDerivative, unravel } from "../gradcheck/index.ts";
import { NDArray, sameShape } from "../np/index.ts";
import type { Reduction } from "../training/index.ts";
import type { Case } from "./cases.ts";

/** What an activation or a loss computes of each element x and its target t, before the reduction. */
export interface Formula {
  readonly branches: readonly Branch[];
  /** How the elements become y; default "none". */
  readonly reduction?: Reduction;
}

/** Relative to the largest element. The formulas are the textbook's, not the stable ones: log(1 + exp(x)) loses some digits. */
const tolerance = 1e-10;

/** dy of one element: of y itself, of a sum, or of a mean. */
function share(dy: NDArray, reduction: Reduction, i: number, n: number): number {
  if (reduction === "none") return dy.flat()[i] as number;
  return reduction === "sum" ? dy.item() : dy.item() / n;
}

/**
 * Compares dx with dy · ∂y/∂x, where mathjs differentiates the formula and evaluates it element by element. Null without a formula, or
 * where mathjs cannot be loaded.
 */
export function checkFormula(
  row: Case,
  inputs: ReadonlyMap<string, NDArray>,
  dy: NDArray,
  dx: NDArray | null,
): CheckRow | null {
  const [x, target] = [...inputs.values()] as [NDArray, NDArray?];
  const derivative = row.formula && symbolicDerivative(row.formula.branches);
  if (!derivative || !row.formula || !dx || !sameShape(dx.shape, x.shape)) return null;
  const { branches, reduction = "none" } = row.formula;
  const [xs, ts] = [x.flat(), target?.flat()];
  const expected = Float64Array.from(xs, (value, i) => {
    return share(dy, reduction, i, x.size) * derivative.at(value, ts?.[i] ?? Number.NaN);
  });
  const { maxAbsolute, maxRelative, worst, agrees } = againstExact(
    dx,
    NDArray.from(expected, x.shape),
    tolerance,
  );
  const at = {
    index: unravel(worst, x.shape),
    manual: dx.flat()[worst] as number,
    symbolic: expected[worst] as number,
  };
  const base = {
    case: `${row.name}: ${row.what}`,
    quantity: "x by formula",
    shape: x.shape,
    maxAbsolute,
    maxRelative,
    cosine: null,
    ratio: null,
    kinks: 0,
    worst: at,
  };
  if (agrees) return { ...base, verdict: "agree" };
  const formulas = branches.map(({ where, y }) => (where ? `${y} where ${where}` : y)).join(", ");
  return {
    ...base,
    verdict: "disagree",
    diagnosis: `y = ${formulas} has the derivative ${derivative.text.replaceAll("\n", ", ")}`,
  };
}
