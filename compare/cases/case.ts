// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks classes by name, from both sides
import * as autograd from "../../autograd/index.ts";
import type { MaskRule, PreciseFunction, SteppedGroup, Stepper } from "../../gradcheck/internal.ts";
import * as manual from "../../manual/index.ts";
import type { NDArray, Random } from "../../np/index.ts";
import { describe, expectArgument, functionOf } from "../../np/internal.ts";
import type { Formula } from "../formulas/formula-witness.ts";
import type { CaseInputs } from "../subjects/inputs.ts";
import type { AnyLayer, AnyModule } from "../subjects/sides.ts";

/** A student's class that replaces one of ours: a layer or a loss, or an optimizer or a schedule. It need not extend ours. */
export type StudentClass = new (
  ...args: never[]
) =>
  | { forward(...inputs: never[]): NDArray; backward(...dy: never[]): unknown }
  | { step(...metric: never[]): unknown };
/** A class with any constructor arguments. */
export type Build<T> = new (...args: readonly unknown[]) => T;

/** Known facts about the gradients of a row. Reasons are sentences that are printed. */
export interface CaseExpectations {
  /** Why chalk returns no dx here. */
  readonly noInputGradient?: string;
  /** Why every gradient is 0 here; the check then requires 0. */
  readonly zeroGradients?: string;
  /** Names of inputs and parameters on which no gradient depends; the check requires their second derivatives to be 0. */
  readonly zeroSecondDerivatives?: readonly string[];
  /** The random mask by which y is x times, so that a class that draws otherwise than ours can be checked as well. */
  readonly mask?: MaskRule;
}

/** Witnesses of a row's gradients besides chalk, tape and finite differences, and reasons to leave out usual ones. */
export interface CaseWitnesses {
  /** y as a formula of each element of x. mathjs differentiates it and evaluates it with 64 digits: two more witnesses. */
  readonly formula?: Formula;
  /** y as a function of all arrays, with 64 digits: a witness for x and every parameter. */
  readonly precise?: PreciseFunction;
  /** Why this row uses no finite differences. */
  readonly noDifferences?: string;
  /** Why the second derivatives are not checked. */
  readonly noSecondDerivatives?: string;
}

/** How to check a network that is too large to perturb every element on one batch every time. */
export interface LargeNetwork {
  /** Whether to draw new inputs for parameters whose gradient was 0, until each has been checked with a nonzero one. */
  readonly everyParameter?: true;
  /** Whether random directions replace single elements: always, or unless the user names the row. */
  readonly directional?: "always" | "unless named";
}

/** Hints that are printed if the student's class is wrong. */
export interface CaseHints {
  /** How forward must work for its numbers to be comparable. */
  readonly forward?: string;
  /** The right dx. */
  readonly dx?: string;
}

/** `new Class(...args)` for a class chosen by name, when the arguments are known to fit. */
export function construct<T>(Class: AnyClass, args: readonly unknown[]): T {
  return Reflect.construct(Class, [...args]);
}
type AnyClass = new (...args: never[]) => object;

/** One row of the table: how to build both sides with equal weights, their inputs, and how to judge them. */
export interface Case {
  /** The class under test, `Linear`. */
  readonly name: string;
  /** How the row uses the class, `without bias`. */
  readonly what: string;
  readonly manual: (rng: Random, student?: StudentClass) => AnyLayer;
  readonly autograd: (rng: Random) => AnyModule;
  /** The constructor's arguments, if the row builds the class itself. */
  readonly args?: (rng: Random) => readonly unknown[];
  /** Whether the lecture teaches it, so that `check` runs it by default; if no row of a class says so, the first one. */
  readonly basic?: true;
  /** What it is worth in an assignment; default 1. */
  readonly points?: number;
  readonly inputs: CaseInputs;
  /** How x, x2 and dy lie in memory; default: contiguous. */
  readonly layout?: "strided";
  /** What the row was drawn for; rows written by hand have none. */
  readonly drawn?: "option pairs" | "values" | "axes" | "layout" | "float type";
  /** For a row about pairs of options: its level of each option, `{ reduction: "sum", beta: "1 or more" }`. */
  readonly choice?: Readonly<Record<string, string>>;
  readonly expects?: CaseExpectations;
  readonly witnesses?: CaseWitnesses;
  readonly large?: LargeNetwork;
  readonly hints?: CaseHints;
  /** For an optimizer's row: both sides train this row's model and must stay equal. */
  readonly optimizer?: {
    readonly steps: number;
    readonly options?: StepperOptions;
    readonly build: OptimizerPair;
  };
}

/** The functions that build both sides of a row. */
export type BothSides = Pick<Case, "name" | "manual" | "autograd" | "args">;

/** `Linear: 5 → 3` */
export function caseTitle({ name, what }: Pick<Case, "name" | "what">): string {
  return `${name}: ${what}`;
}

export type Manual = typeof manual;
export type Autograd = typeof autograd;
type Class<T> = new (...args: never[]) => T;

/** Names of classes on both sides whose constructors take the same arguments. */
export type Twin = {
  [K in keyof Manual & keyof Autograd]: Manual[K] extends Class<AnyLayer>
    ? Autograd[K] extends Class<AnyModule>
      ? ConstructorParameters<Manual[K]> extends ConstructorParameters<Autograd[K]>
        ? K
        : never
      : never
    : never;
}[keyof Manual & keyof Autograd];

/** Both sides of one name, built with the same arguments, which must fit both constructors. */
export function twins<K extends Twin>(
  name: K,
  args: (rng: Random) => ConstructorParameters<Manual[K]>,
): BothSides {
  if (!(typeof name === "string" && Object.hasOwn(manual, name) && Object.hasOwn(autograd, name)))
    throw new RangeError(
      `twins: ${describe(name)} is not the name of a class on both sides, such as "Linear"`,
    );
  expectArgument("twins", "args", functionOf<typeof args>("a function of a stream"), args);
  return drawnTwins(name, args);
}

/** The same for arguments that are drawn from the contract, which says that they fit. */
export function drawnTwins(name: Twin, args: (rng: Random) => readonly unknown[]): BothSides {
  return {
    name,
    args,
    manual: (rng, student) => construct<AnyLayer>(student ?? manual[name], args(rng)),
    autograd: (rng) => construct<AnyModule>(autograd[name], args(rng)),
  };
}

/** The options of an optimizer, `{ lr: 0.1 }`. */
export type StepperOptions = Readonly<Record<string, unknown>>;

/** Builds the optimizer of one name for the parameters of either side; `change` holds options that differ from the row's. */
export type OptimizerPair = {
  readonly manual: (
    parameters: readonly manual.Parameter[] | readonly SteppedGroup[],
    student?: StudentClass,
    change?: StepperOptions,
  ) => Stepper;
  readonly autograd: (parameters: readonly autograd.Tensor[]) => autograd.Optimizer;
};
