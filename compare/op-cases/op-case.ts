import type { TensorFunction } from "../../autograd/index.ts";
import type { NDArray, OpName } from "../../np/index.ts";

/** An input, from a seed. */
export type Draw = (seed: number) => NDArray;

/** One use of a primitive, to be checked at first and second order. */
export interface OpCase {
  readonly what: string;
  readonly f: TensorFunction;
  /** One for each argument of f. */
  readonly inputs: readonly Draw[];
  /** Inputs in which f is affine: there J v is a plain difference, exact to rounding. */
  readonly affine?: readonly number[];
  /** f is linear in all inputs together, or piecewise: its second derivatives are 0, and 0 is what is checked; a list: for these inputs. */
  readonly zeroSecondDerivatives?: true | readonly number[];
}

/** At least one case for every primitive: a missing key does not compile. */
export type OpCases = { readonly [K in OpName]: readonly [OpCase, ...OpCase[]] };
