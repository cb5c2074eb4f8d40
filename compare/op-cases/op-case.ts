import type { TensorFunction } from "../../autograd/index.ts";
import type { NDArray, OpName } from "../../np/index.ts";

/** Draws an input for a seed. */
export type Draw = (seed: number) => NDArray;

/** One use of a primitive, checked at first and second order. */
export interface OpCase {
  readonly what: string;
  readonly f: TensorFunction;
  /** One draw per argument of f. */
  readonly inputs: readonly Draw[];
  /** Indices of the inputs in which f is affine: there a plain difference gives J v exactly, up to rounding. */
  readonly affine?: readonly number[];
  /** The inputs whose second derivatives must be 0 (true for all), because f is linear or piecewise linear. The check requires 0. */
  readonly zeroSecondDerivatives?: true | readonly number[];
}

/** At least one case for every primitive: a missing key does not compile. */
export type OpCases = { readonly [K in OpName]: readonly [OpCase, ...OpCase[]] };
