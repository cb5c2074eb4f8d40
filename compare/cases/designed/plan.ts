import { type AnyContract, contracts } from "../../../contracts/index.ts";
import type { NDArray } from "../../../np/index.ts";
import type { CaseInputs } from "../../subjects/inputs.ts";
import type { BothSides, Twin } from "../case.ts";
import { type Factors, factorsOf } from "./levels.ts";

/** The values of one row: those of a choice, with `undefined` for what is left out. */
export type Settings = Readonly<Record<string, unknown>>;

/** The inputs of a row, drawn once. */
export interface Inputs {
  readonly x: NDArray;
  readonly target: NDArray | undefined;
}

/** How to vary the options of one class. */
export interface Plan {
  readonly name: Twin & keyof typeof contracts;
  /** The required arguments by position; default: the optional ones that the contract declares. */
  readonly positional?: (settings: Settings) => readonly unknown[];
  /** Levels of what the declaration cannot draw: arrays, required arguments, and choices that are not options, such as the kind of target. */
  readonly more?: Factors;
  readonly inputs: (settings: Settings) => CaseInputs;
  /** Whether settings that the contract allows make no sense for these inputs. */
  readonly except?: (settings: Settings) => boolean;
  /** The labels of `more` that a row written by hand has, where its arguments do not say. */
  readonly seen?: (drawn: Inputs) => Readonly<Record<string, string>>;
  /** Changes both sides, such as `redrawn`. */
  readonly sides?: (sides: BothSides) => BothSides;
}

/** The contract of a plan's class. */
export function contractOf({ name }: Plan): AnyContract {
  return contracts[name];
}

/** All options that a plan varies, with their levels. */
export function factorsOfPlan(plan: Plan): Factors {
  return factorsOf(contractOf(plan), plan.more);
}
