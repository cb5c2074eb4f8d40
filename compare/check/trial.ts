import { randomUpstream, type Subject } from "../../gradcheck/internal.ts";
import { type NDArray, type Random, random } from "../../np/index.ts";
import { type Case, caseTitle, type StudentClass } from "../cases/case.ts";
import { differentiableCount, drawInputs } from "../subjects/inputs.ts";
import { type AnyLayer, type AnyModule, chalk, tape } from "../subjects/sides.ts";

export interface CheckOptions {
  /** Of weights, inputs and upstream gradients; default 0. */
  readonly seed?: number;
  /** One perturbation and one whole forward at a time, also for large networks, however long it takes; default false. */
  readonly full?: boolean;
  /** Random directions through all arrays at once, instead of element by element: for networks too large for more; default false. */
  readonly directional?: boolean;
  /** Whether the row was asked for by name, so that a large network's may take its time; default false. */
  readonly named?: boolean;
  /** Whether what is wrong is explained: what it looks like, and where two networks part; default true. */
  readonly explained?: boolean;
  /** Stands in for chalk's class. */
  readonly student?: StudentClass;
}

/** One row under check: both sides from one seed, and what they are fed. Made once, handed to every stage of the check. */
export interface Trial {
  readonly row: Case;
  readonly title: string;
  readonly seed: number;
  readonly student: StudentClass | undefined;
  readonly full: boolean;
  /** Whether gradients are checked along random directions only. */
  readonly directional: boolean;
  readonly explained: boolean;
  /** Chalk's side, which the stages run one after the other. */
  readonly layer: AnyLayer;
  readonly left: Subject;
  readonly right: Subject;
  readonly inputs: ReadonlyMap<string, NDArray>;
  /** The tape's y of the inputs. */
  readonly expected: NDArray;
  readonly dy: NDArray;
  /** Other inputs of the same shapes. */
  readonly next: ReadonlyMap<string, NDArray>;
  readonly rng: Random;
  /** Chalk's side once more, as it starts. */
  readonly newLayer: () => AnyLayer;
  /** The tape's side once more, as it starts. */
  readonly newModule: () => AnyModule;
}

/** Builds both sides and draws what they are fed, with a pause where that takes long. */
export function* beginTrial(row: Case, options: CheckOptions): Generator<void, Trial> {
  const { seed = 0, full = false, explained = true, student } = options;
  const newLayer = (): AnyLayer => row.manual(random(seed), student);
  const newModule = (): AnyModule => row.autograd(random(seed));
  const layer = newLayer();
  const left = chalk(layer);
  yield;
  const right = tape(newModule(), differentiableCount(row.inputs));
  yield;
  const rng = random(seed);
  const inputs = drawInputs(row.inputs, rng);
  const expected = right.forward(...inputs.values());
  const dy = randomUpstream(expected.shape, rng);
  const next = drawInputs(row.inputs, rng);
  const built = { layer, left, right, newLayer, newModule };
  const settings = { row, title: caseTitle(row), seed, student, full, explained };
  return {
    ...settings,
    directional: alongDirections(row, options),
    ...built,
    inputs,
    expected,
    dy,
    next,
    rng,
  };
}

/** Whether this row is differentiated along random directions only. */
function alongDirections(
  row: Case,
  { full = false, directional = false, named = false }: CheckOptions,
): boolean {
  const { directional: mode } = row.large ?? {};
  if (full || mode === undefined) return directional;
  return directional || mode === "always" || !named;
}

/** Copies of the inputs, in the order of forward's arguments, for a layer that may write into them. */
export function copiesOf(inputs: ReadonlyMap<string, NDArray>): NDArray[] {
  return [...inputs.values()].map((x) => x.copy());
}
