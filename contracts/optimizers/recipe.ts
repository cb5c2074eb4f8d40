import type { NDArray } from "../../np/index.ts";
import { atLeastZero, flag, type Option, type OptionTable } from "../checks/option.ts";

/** What a schedule changes: the numbers that all parameters of a group share. */
export interface Group {
  /** Learning rate η, ≥ 0. */
  lr: number;
  /** Whether steps go uphill: −g in the place of g; default false. */
  maximize: boolean;
}

/** What an optimizer remembers of one parameter: arrays of its shape, and numbers. What does not exist yet is null. */
export type ParameterState = Record<string, NDArray | number | null>;

/** What chalk's optimizer and the tape's of one name share: options, their defaults, and the state before the first step. */
export interface Recipe<G extends Group, S extends ParameterState> {
  /** PyTorch's name, `Adam`. */
  readonly name: string;
  readonly options: OptionTable<G>;
  /** The state of a parameter with these values before its first step. */
  start(value: NDArray, group: G): S;
  /** What is wrong with options that are each right; null when nothing is. */
  refuse?(group: G): string | null;
}

/** The two options that all optimizers have; `lr` is PyTorch's default. */
export function stepOptions(lr: number): { readonly lr: Option<number>; readonly maximize: Option<boolean> } {
  return { lr: atLeastZero(lr), maximize: flag(false) };
}
