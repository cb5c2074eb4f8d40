import {
  againstExact,
  type Distance,
  exactTolerance,
  symbolicDerivative,
  unravel,
} from "../gradcheck/index.ts";
import { type NDArray, sameShape } from "../np/index.ts";
import type { Case } from "./cases.ts";
import type { CheckRow } from "./check-row.ts";
import { type Formula, formulaWitness } from "./formula-witness.ts";

/** Of mathjs's derivative in doubles. The formulas are the textbook's, not the stable ones: log(1 + exp(x)) loses some digits. */
const symbolicTolerance = 1e-10;

/**
 * Compares dx with dy · ∂y/∂x of the row's formula, by mathjs's derivative and by 64 digits. Null without a formula, where mathjs cannot be
 * loaded, or where it cannot evaluate the formula.
 */
export function checkFormula(
  row: Case,
  inputs: readonly [NDArray, ...NDArray[]],
  dy: NDArray,
  dx: NDArray | null,
): CheckRow | null {
  const { symbolic, precise } = formulaWitness(row, inputs, dy);
  if (!row.formula || typeof precise === "string" || !dx || !sameShape(dx.shape, precise.shape)) return null;
  const bySymbols = typeof symbolic === "string" ? null : againstExact(symbolic, precise, symbolicTolerance);
  const found = againstExact(dx, precise, exactTolerance);
  const { maxAbsolute, maxRelative, worst } = found;
  const at = {
    index: unravel(worst, precise.shape),
    manual: dx.flat()[worst] as number,
    autograd: null,
    numerical: null,
    ...(typeof symbolic !== "string" && { symbolic: symbolic.flat()[worst] as number }),
  };
  const base = { case: `${row.name}: ${row.what}`, quantity: "x by formula", shape: precise.shape };
  const numbers = { ...base, maxAbsolute, maxRelative, worst: at };
  const diagnosis = whoIsWrong(row.formula, found, bySymbols);
  return diagnosis ? { ...numbers, verdict: "disagree", diagnosis } : { ...numbers, verdict: "agree" };
}

/** The formula's two witnesses first: where they part, one of mathjs's rules is wrong, or the formula has a kink that is not written. */
function whoIsWrong({ branches }: Formula, chalk: Distance, bySymbols: Distance | null): string | null {
  if (chalk.agrees && bySymbols?.agrees !== false) return null;
  const formulas = branches.map(({ where, y }) => (where ? `${y} where ${where}` : y)).join(", ");
  if (!bySymbols) return `y = ${formulas} has another slope with 64 digits`;
  const derivative = symbolicDerivative(branches)?.text.replaceAll("\n", ", ");
  if (bySymbols.agrees) return `y = ${formulas} has the derivative ${derivative}`;
  return chalk.agrees
    ? `mathjs's derivative stands alone: ${derivative} of y = ${formulas}`
    : `of y = ${formulas} even mathjs's derivative and the 64 digits differ`;
}
