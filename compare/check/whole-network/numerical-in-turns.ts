import type { NumericalGradient } from "../../../gradcheck/index.ts";
import {
  derivatives,
  type Estimate,
  inPlace,
  roundingOf,
  type Subject,
} from "../../../gradcheck/internal.ts";
import type { NDArray } from "../../../np/index.ts";
import type { AnyLayer } from "../../subjects/sides.ts";
import { Propagation } from "./propagation.ts";

/** The most elements that are checked by whole forwards; beyond that only the changes are propagated. */
const large = 2_000;
/** Elements between two pauses: few for whole forwards, many for partial ones. */
const turn = { whole: 8, partial: 1024 };

/** The function to differentiate, L = Σ dy ⊙ forward(inputs), and its layer. */
export interface Differentiated {
  readonly layer: AnyLayer;
  readonly subject: Subject;
  readonly inputs: ReadonlyMap<string, NDArray>;
  readonly dy: NDArray;
  /** Whether to use whole forwards only. */
  readonly full: boolean;
}

/** ∂L/∂x by finite differences, for some elements (default: all) of a parameter or an input, with pauses. */
export function* numericalInTurns(
  f: Differentiated,
  x: NDArray,
  at: readonly number[] = Array.from({ length: x.size }, (_, i) => i),
): Generator<void, NumericalGradient> {
  const propagation =
    f.full || x.size + sizeOf(f.subject) < large ? null : Propagation.of(f.layer, f.inputs, f.dy);
  const partial = propagation?.along(x) ?? null;
  const moved = partial ?? inPlace(() => f.subject.forward(...f.inputs.values()).flat(), f.dy.flat(), x);
  const [data, size] = [x.flat(), partial ? turn.partial : turn.whole];
  const value = (i: number): number => data[i] as number;
  const rounding = roundingOf(moved, at, value);
  const estimates: Estimate[] = [];
  for (let start = 0; start < at.length; start += size) {
    for (const e of derivatives(moved, at.slice(start, start + size), value, rounding)) estimates.push(e);
    yield;
  }
  return { at, estimates };
}

function sizeOf({ parameters }: Subject): number {
  return [...parameters.values()].reduce((sum, x) => sum + x.size, 0);
}
