import type { NDArray } from "../../../np/index.ts";
import type { CheckRow } from "../../report/report.ts";

/** A parameter as an optimizer gets it: its value, which `step` changes in place, and its gradient. */
export interface SteppedParameter {
  readonly name: string;
  readonly value: NDArray;
  gradient: NDArray | null;
}

/** Parameters with a learning rate of their own. */
export interface SteppedGroup {
  readonly parameters: readonly SteppedParameter[];
  readonly lr: number;
}

/** An optimizer of whatever class. */
export interface Stepper {
  step(): unknown;
  /** The numbers of each group, which a schedule changes. */
  readonly groups?: unknown;
}

/** Makes a new optimizer; `change` holds options that differ from the usual ones. */
export type MakeStepper = (
  given: readonly SteppedParameter[] | readonly SteppedGroup[],
  change?: Readonly<Record<string, unknown>>,
) => Stepper;

/** Somebody's optimizer, and ours where there is one. */
export interface OptimizerSpecimen {
  readonly title: string;
  readonly make: MakeStepper;
  /** Ours, with the same options; null for a class outside the catalogue. */
  readonly ours: MakeStepper | null;
  /** Another right optimizer, equal to ours as long as lr stays the same, and what it does otherwise. */
  readonly otherForm?: { readonly make: MakeStepper; readonly note: string } | undefined;
  readonly lr: number;
  readonly momentum: number;
  readonly seed: number;
}

/** What one habit found: a row, or what was left out and why; null where there is nothing to say. */
export type HabitFound = {
  readonly row?: CheckRow;
  readonly leftOut?: string;
  /** What else was seen. */
  readonly note?: string;
} | null;
/** One habit of a right optimizer, whatever its formula. */
export type OptimizerHabit = (specimen: OptimizerSpecimen) => HabitFound;
