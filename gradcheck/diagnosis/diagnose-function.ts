import { NDArray, ones } from "../../np/index.ts";
import { type NumericalGradient, numericalGradient } from "../differences/numerical.ts";
import type { CheckRow } from "../report/report.ts";
import { project } from "../subject.ts";
import { diagnose } from "./diagnose.ts";

/** A function whose backward was found wrong in one input, and what the differences say there. */
export interface WrongInput {
  readonly forward: () => NDArray;
  readonly x: NDArray;
  readonly dy: NDArray;
  readonly analytical: NDArray;
  readonly numerical: NumericalGradient;
}

/** Differences are no better than this, so neither is a likeness. */
const tolerance = 1e-5;
/** Larger inputs are not differentiated again to see whether dy was ignored. */
const small = 2000;

/** Adds to a wrong row what the mistake looks like, as far as finite differences of every element can tell. */
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
