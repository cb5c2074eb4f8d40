import { type NDArray, random } from "../../../np/index.ts";
import type { MakeStepper, SteppedGroup, SteppedParameter, Stepper } from "./stepper.ts";

/** One step of one parameter, as it was seen from outside. */
export interface Move {
  readonly gradient: NDArray;
  readonly before: NDArray;
  readonly after: NDArray;
}

/** All steps of every parameter, by name. */
export type Moves = ReadonlyMap<string, readonly Move[]>;

/** How to run an optimizer. */
export interface Plan {
  /** The shapes of the parameters, by name. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  /** Options that differ from the usual ones. */
  readonly change?: Readonly<Record<string, unknown>>;
  /** Arranges the parameters, or makes groups of them; default a list. */
  readonly arrange?: (
    parameters: readonly SteppedParameter[],
  ) => readonly SteppedParameter[] | readonly SteppedGroup[];
  /** Whether the caller writes every new gradient into the array of the first; default new arrays. */
  readonly reuse?: boolean;
  /** The gradient in a step, counted from 1, in place of the one drawn. */
  readonly gradient?: (drawn: NDArray, step: number, name: string) => NDArray | null;
  /** Runs before a step, counted from 1. */
  readonly before?: (step: number, stepper: Stepper) => void;
  readonly steps?: number;
}

/** What became of the parameters and their gradients. */
export interface Followed {
  readonly trace: Moves;
  /** Names of parameters whose array was replaced. */
  readonly replaced: readonly string[];
  /** Every gradient as it was given, and as it is after the last step. */
  readonly given: ReadonlyMap<string, NDArray>;
  readonly left: ReadonlyMap<string, NDArray>;
  readonly stepper: Stepper;
}

/** Parameters without a shape in common, so that only one habit sees what such a shape brings. */
const usual: Readonly<Record<string, readonly number[]>> = { weight: [2, 3], bias: [3] };
/** Enough for a state to build up, and for a change in the middle. */
export const usualSteps = 8;

/** Runs an optimizer on parameters and gradients that only the seed and the plan decide. */
export function follow(make: MakeStepper, seed: number, plan: Plan = {}): Followed {
  const run = followInTurns(make, seed, plan);
  let turn = run.next();
  while (!turn.done) turn = run.next();
  return turn.value;
}

/** The same as a generator that pauses after every step. */
export function* followInTurns(make: MakeStepper, seed: number, plan: Plan = {}): Generator<void, Followed> {
  const { shapes = usual, change, arrange = (all) => all, reuse = false, steps = usualSteps } = plan;
  const rng = random(seed);
  const parameters = Object.entries(shapes).map(
    ([name, shape]): SteppedParameter => ({ name, value: rng.normal(0, 1, shape), gradient: null }),
  );
  const values = parameters.map(({ value }) => value);
  const seen = new Map(parameters.map(({ name }): [string, Move[]] => [name, []]));
  const [given, left] = [new Map<string, NDArray>(), new Map<string, NDArray>()];
  const stepper = make(arrange(parameters), change);
  for (let step = 1; step <= steps; step++) {
    for (const [i, p] of parameters.entries()) {
      const drawn = rng.normal(0, 1, (values[i] as NDArray).shape);
      const next = plan.gradient ? plan.gradient(drawn, step, p.name) : drawn;
      p.gradient = reuse && next && p.gradient ? p.gradient.copyFrom(next) : next;
      if (!p.gradient) continue;
      given.set(`${p.name} in step ${step}`, p.gradient.copy());
      left.set(`${p.name} in step ${step}`, p.gradient);
    }
    plan.before?.(step, stepper);
    const before = values.map((value) => value.copy());
    const gradients = parameters.map(({ gradient }) => gradient?.copy());
    stepper.step();
    for (const [i, { name }] of parameters.entries()) {
      const [value, start] = [values[i] as NDArray, before[i] as NDArray];
      seen.get(name)?.push({ gradient: gradients[i] ?? start.mul(0), before: start, after: value.copy() });
    }
    yield;
  }
  const replaced = parameters.filter(({ value }, i) => value !== values[i]).map(({ name }) => name);
  return { trace: seen, replaced, given, left, stepper };
}
