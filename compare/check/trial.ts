import { randomUpstream, type Subject } from "../../gradcheck/internal.ts";
import { type NDArray, type Random, random } from "../../np/index.ts";
import { type Case, caseTitle, type StudentClass } from "../cases/case.ts";
import { drawInputs } from "../subjects/inputs.ts";
import type { AnyLayer } from "../subjects/sides.ts";
import { ownSides, type Sides, studentSides } from "../subjects/start.ts";

export interface CheckOptions {
  /** Seeds weights, inputs and upstream gradients; default 0. */
  readonly seed?: number;
  /** Whether to run a whole forward for each perturbation even in large networks, which takes minutes; default false. */
  readonly full?: boolean;
  /** Whether to check along random directions through all arrays at once instead of element by element, as very large networks need; default false. */
  readonly directional?: boolean;
  /** Whether the user named the row, so that a large network's check may take longer; default false. */
  readonly named?: boolean;
  /** Whether to explain wrong results: the likely mistake, and where two networks first differ; default true. */
  readonly explained?: boolean;
  /** Whether a student's class must also start with our weights: draw the same numbers from the same `rng`; default false. */
  readonly start?: boolean;
  /** Replaces chalk's class. */
  readonly student?: StudentClass;
}

/**
 * The tolerance between chalk and the tape in a large network. Both round differently in every
 * layer: 27 convolutions and normalisations were seen to add up to 1.4e-12.
 */
const deepRounding = 1e-11;

/** One row under check: both sides built from the same seed, and their inputs. Made once and passed to every stage. */
export interface Trial {
  readonly row: Case;
  readonly title: string;
  readonly seed: number;
  readonly student: StudentClass | undefined;
  readonly full: boolean;
  /** Whether a student's class must start with our weights. */
  readonly start: boolean;
  /** Whether gradients are checked along random directions only. */
  readonly directional: boolean;
  readonly explained: boolean;
  /** How to build both sides again, from the same weights. */
  readonly sides: Sides;
  /** The checked side, shared by all stages: chalk's, or the student's. */
  readonly layer: AnyLayer;
  readonly left: Subject;
  readonly right: Subject;
  readonly inputs: ReadonlyMap<string, NDArray>;
  /** The rounding allowed between chalk and the tape, relative to the largest element; 0: the usual one. */
  readonly rounding: number;
  /** The tape's y for the inputs. */
  readonly expected: NDArray;
  readonly dy: NDArray;
  /** Other inputs of the same shapes. */
  readonly next: ReadonlyMap<string, NDArray>;
  readonly rng: Random;
}

/** Builds both sides and draws their inputs, with pauses where that takes long. */
export function* beginTrial(row: Case, options: CheckOptions): Generator<void, Trial> {
  const { seed = 0, full = false, explained = true, start = false, student } = options;
  const sides = student ? studentSides(row, seed, student) : ownSides(row, seed);
  const layer = sides.newLayer();
  const left = sides.left(layer);
  yield;
  const right = sides.right(sides.newModule());
  yield;
  const rng = random(seed);
  const inputs = drawInputs(row.inputs, rng);
  const expected = right.forward(...inputs.values());
  const dy = randomUpstream(expected.shape, rng).astype(expected.dtype);
  const next = drawInputs(row.inputs, rng);
  const built = { sides, layer, left, right };
  const settings = { row, title: caseTitle(row), seed, student, full, start, explained };
  return {
    ...settings,
    directional: alongDirections(row, options),
    ...built,
    inputs,
    rounding: row.large ? deepRounding : 0,
    expected,
    dy,
    next,
    rng,
  };
}

/** Whether this row is checked along random directions only. */
function alongDirections(
  row: Case,
  { full = false, directional = false, named = false }: CheckOptions,
): boolean {
  if (row.witnesses?.noDifferences) return false;
  const { directional: mode } = row.large ?? {};
  if (full || mode === undefined) return directional;
  return directional || mode === "always" || !named;
}

/** Copies of the inputs in the order of forward's arguments, because a layer may write into them. */
export function copiesOf(inputs: ReadonlyMap<string, NDArray>): NDArray[] {
  return [...inputs.values()].map((x) => x.copy());
}
