import type { NumericalGradient } from "../../../gradcheck/index.ts";
import {
  derivatives,
  type Estimate,
  inPlace,
  noiseOf,
  project,
  type Subject,
} from "../../../gradcheck/internal.ts";
import type { NDArray } from "../../../np/index.ts";
import type { AnyLayer } from "../../subjects/sides.ts";
import { Propagation } from "./propagation.ts";

/** Above so many elements a network is checked by how a perturbation propagates, and not by whole forwards. */
const large = 2_000;
/** Elements between two pauses: few whole forwards, many partial ones. */
const turn = { whole: 8, partial: 1024 };

/** The function whose gradient is taken, L = Σ dy ⊙ forward(inputs), and whose it is. */
export interface Differentiated {
  readonly layer: AnyLayer;
  readonly subject: Subject;
  readonly inputs: ReadonlyMap<string, NDArray>;
  readonly dy: NDArray;
  /** Whole forwards only. */
  readonly full: boolean;
}

/** ∂L/∂x for elements (default: all) of one array of the layer or of its inputs, by finite differences; pauses now and then. */
export function* numericalInTurns(
  f: Differentiated,
  x: NDArray,
  at: readonly number[] = Array.from({ length: x.size }, (_, i) => i),
): Generator<void, NumericalGradient> {
  const propagation =
    f.full || x.size + sizeOf(f.subject) < large ? null : Propagation.of(f.layer, f.inputs, f.dy);
  const partial = propagation?.along(x) ?? null;
  const moved = partial ?? inPlace(() => project(f.subject.forward(...f.inputs.values()), f.dy), x);
  const [data, size] = [x.flat(), partial ? turn.partial : turn.whole];
  const value = (i: number): number => data[i] as number;
  const noise = noiseOf(moved, at, value);
  const estimates: Estimate[] = [];
  for (let start = 0; start < at.length; start += size) {
    for (const e of derivatives(moved, at.slice(start, start + size), value, noise)) estimates.push(e);
    yield;
  }
  return { at, estimates, noise };
}

function sizeOf({ parameters }: Subject): number {
  return [...parameters.values()].reduce((sum, x) => sum + x.size, 0);
}
