import type { Reduction } from "../../contracts/index.ts";
import { symbolicDerivative } from "../../gradcheck/index.ts";
import { type Branch, preciseFormula } from "../../gradcheck/internal.ts";
import { NDArray } from "../../np/index.ts";

/** The formula of an activation or a loss for each element x and its target t, before the reduction. */
export interface Formula {
  readonly branches: readonly Branch[];
  /** The reduction of the elements to y; default "none". */
  readonly reduction?: Reduction;
  /** Why the formula can only be evaluated with 64 digits: something overflows in doubles. */
  readonly notInDoubles?: string;
}

/** dx from two witnesses: the gradient, or the reason why there is none. */
export interface FormulaWitness {
  /** dy · ∂y/∂x from mathjs's symbolic derivative, in doubles. */
  readonly symbolic: NDArray | string;
  /** dy · ∂y/∂x from finite differences of the formula with 64 digits, rounded once. */
  readonly precise: NDArray | string;
}

interface FormulaRow {
  readonly formula?: Formula;
}
type Inputs = readonly [x: NDArray, ...constants: NDArray[]];

const notAFormula = "not a function of one number";
/** The reason that both witnesses give in a browser. */
export const noMathjs: string = "mathjs cannot be loaded here";

/** dx from both witnesses for a row that has a formula. Judges neither; neither throws. */
export function formulaWitness(row: FormulaRow, inputs: Inputs, dy: NDArray): FormulaWitness {
  return { symbolic: symbolicWitness(row, inputs, dy), precise: preciseOfFormula(row, inputs, dy) };
}

/** dx from mathjs's derivative of the formula, in doubles, or the reason why there is none. */
export function symbolicWitness({ formula }: FormulaRow, inputs: Inputs, dy: NDArray): NDArray | string {
  if (!formula) return notAFormula;
  if (formula.notInDoubles) return formula.notInDoubles;
  return orReason("has no derivative of", () => {
    const derivative = symbolicDerivative(formula.branches);
    if (!derivative) return noMathjs;
    return elements(formula, inputs, dy, (x, t, share, count) => (share / count) * derivative.at(x, t));
  });
}

/** dx from finite differences of the formula with 64 digits, or the reason why there is none. */
export function preciseOfFormula({ formula }: FormulaRow, inputs: Inputs, dy: NDArray): NDArray | string {
  if (!formula) return notAFormula;
  return orReason("has no 64 digits of", () => {
    const digits = preciseFormula(formula.branches);
    return digits ? elements(formula, inputs, dy, digits.slope) : noMathjs;
  });
}

/** Applies `slope` to each element x, its t, its share of dy, and the count that a mean divides by. */
function elements(
  { reduction = "none" }: Formula,
  [x, target]: Inputs,
  dy: NDArray,
  slope: (x: number, t: number, dy: number, count: number) => number,
): NDArray {
  const [xs, ts, upstream] = [x.flat(), target?.flat(), dy.flat()];
  const count = reduction === "mean" ? x.size : 1;
  const slopes = Float64Array.from(xs, (value, i) =>
    slope(value, ts?.[i] ?? Number.NaN, upstream[reduction === "none" ? i : 0] as number, count),
  );
  return NDArray.from(slopes, x.shape);
}

/** Runs `find`; turns mathjs's error message into a reason such as `mathjs has no derivative of erf`. */
function orReason(lacks: string, find: () => NDArray | string): NDArray | string {
  try {
    return find();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const name = /function "(\w+)"|Undefined function (\w+)/.exec(message);
    if (name) return `mathjs ${lacks} ${name[1] ?? name[2]}`;
    return message.startsWith("mathjs") ? message : `mathjs: ${message.split(/[:(]/)[0]?.trim()}`;
  }
}

/** `y = tanh(x) has the derivative sech(x) ^ 2`, branch by branch. */
export function derivativeText({ branches }: Formula): string {
  const formulas = branches.map(({ where, y }) => (where ? `${y} where ${where}` : y)).join(", ");
  return `y = ${formulas} has the derivative ${derivativeOf(branches)}`;
}

function derivativeOf(branches: readonly Branch[]): string {
  try {
    const known = symbolicDerivative(branches)?.text.replaceAll("\n", ", ");
    return known ?? "that mathjs could show if it were installed";
  } catch {
    return "that mathjs cannot find: differentiate it by hand"; // for erf, for example
  }
}
