import { NDArray, ones } from "../../np/index.ts";
import { type NumericalGradient, numericalGradient } from "../differences/numerical.ts";
import type { CheckRow } from "../report/report.ts";
import { project } from "../subject.ts";
import { diagnose } from "./diagnose.ts";

/** A function whose backward is wrong in one input, with the finite differences for that input. */
export interface WrongInput {
  readonly forward: () => NDArray;
  readonly x: NDArray;
  readonly dy: NDArray;
  readonly analytical: NDArray;
  readonly numerical: NumericalGradient;
}

/** The tolerance of a match: finite differences are no more accurate than this. */
const tolerance = 1e-5;
/** The largest input that is differentiated again to see whether dy was ignored. */
const small = 2000;

/** Adds a diagnosis to a wrong row, based on finite differences of every element. */
export function diagnoseFunction(
  row: CheckRow,
  { forward, x, dy, analytical, numerical }: WrongInput,
): CheckRow {
  if (row.verdict !== "disagree" || analytical.dtype !== "float64" || numerical.at.length < x.size)
    return row;
  if (numerical.estimates.some(({ value }) => !Number.isFinite(value))) return row;
  const array = ({ estimates }: NumericalGradient): NDArray =>
    NDArray.from(
      Float64Array.from(estimates, ({ value }) => value),
      x.shape,
    );
  const forOnes = x.size <= small && {
    forOnes: array(numericalGradient(() => project(forward(), ones(dy.shape)), x)),
  };
  const evidence = { quantity: row.quantity, found: analytical, expected: array(numerical), dy, ...forOnes };
  const { cause, text } = diagnose(evidence, { tolerance });
  return { ...row, cause: cause, diagnosis: [row.diagnosis, text].filter(Boolean).join("\n") };
}
