import { NDArray, ones } from "../../np/index.ts";
import { isUncertain } from "../agreement.ts";
import { type NumericalGradient, numericalVjp } from "../differences/numerical.ts";
import type { CheckRow } from "../report/report.ts";
import { advised } from "./advice.ts";
import { diagnose } from "./diagnose.ts";
import type { Evidence } from "./evidence.ts";
import { namedLengths } from "./named-lengths.ts";

/** A function whose backward is wrong for one input, with the finite differences for that input. */
export interface WrongInput {
  readonly forward: () => NDArray;
  readonly x: NDArray;
  readonly dy: NDArray;
  readonly analytical: NDArray;
  readonly numerical: NumericalGradient;
  /** All inputs and parameters by name; by default x alone, as an input. */
  readonly inputs?: ReadonlyMap<string, NDArray>;
  readonly parameters?: ReadonlyMap<string, NDArray>;
}

/** The accuracy of the differences, which limits any comparison with them. */
const tolerance = 1e-5;
/** The largest input that is differentiated again to test whether dy was ignored. */
const small = 2000;

/**
 * Adds to a wrong row what the mistake looks like, as far as finite differences of all elements can
 * tell.
 */
export function diagnoseFunction(
  row: CheckRow,
  { forward, x, dy, analytical, numerical, inputs, parameters }: WrongInput,
): CheckRow {
  if (row.verdict !== "disagree" || analytical.dtype !== "float64" || numerical.at.length < x.size)
    return row;
  if (numerical.estimates.some((estimate) => isUncertain(estimate))) return row;
  const array = ({ estimates }: NumericalGradient): NDArray =>
    NDArray.from(
      Float64Array.from(estimates, ({ value }) => value),
      x.shape,
    );
  const forOnes = x.size <= small && {
    forOnes: array(numericalVjp(forward, ones(dy.shape), x)),
  };
  const given = inputs ? [...inputs.values()] : [x];
  const expected = array(numerical);
  // Differences know the right gradient for another dy, not for other inputs.
  const right = (upstream: NDArray, ...at: readonly NDArray[]): NDArray | undefined => {
    if (x.size > small || !given.every((one, i) => one === at[i])) return undefined;
    return array(numericalVjp(forward, upstream, x));
  };
  const [first = x] = given;
  const evidence: Evidence = {
    quantity: row.quantity,
    found: analytical,
    expected,
    dy,
    inputs: given,
    own: inputs ? [...inputs.keys()].indexOf(row.quantity) : 0,
    y: forward(),
    right,
    ...(parameters && { parameters }),
    ...(parameters && parameters.size > 0 && { lengths: namedLengths(first, dy) }),
    ...forOnes,
  };
  const diagnosis = diagnose(evidence, { tolerance });
  return { ...advised(row, [diagnosis]), cause: diagnosis.cause };
}
