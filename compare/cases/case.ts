// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks classes by name, from both sides
import * as autograd from "../../autograd/index.ts";
import type { PreciseFunction } from "../../gradcheck/internal.ts";
import * as manual from "../../manual/index.ts";
import type { Random } from "../../np/index.ts";
import type { Formula } from "../formulas/formula-witness.ts";
import type { CaseInputs } from "../subjects/inputs.ts";
import type { AnyLayer, AnyModule } from "../subjects/sides.ts";

/** A twin that a student may write: a class of chalk's, by name. */
export type StudentClass = new (...args: never[]) => AnyLayer | manual.NonlinearClassifier | manual.Optimizer;
/** A class, whatever its arguments. */
export type Build<T> = new (...args: readonly unknown[]) => T;

/** What the gradients of a row are known to be, beside what both sides say. Each reason is a sentence that is printed. */
export interface CaseExpectations {
  /** Why chalk returns no dx here. */
  readonly noInputGradient?: string;
  /** Why every gradient is 0 here, which is then what is checked. */
  readonly zeroGradients?: string;
  /** Inputs and parameters by name on which no gradient depends: their second derivatives must be 0, and 0 is what is checked. */
  readonly zeroSecondDerivatives?: readonly string[];
}

/** What judges the gradients of a row besides chalk, tape and finite differences, and which of the usual witnesses is silent. */
export interface CaseWitnesses {
  /** What y is of each element of x, for mathjs to differentiate and to evaluate with 64 digits: two more witnesses. */
  readonly formula?: Formula;
  /** What y is of all arrays, with 64 digits: a witness for x and every parameter. */
  readonly precise?: PreciseFunction;
  /** Why finite differences are not asked on this row. */
  readonly noDifferences?: string;
  /** Why its second derivatives are not checked. */
  readonly noSecondDerivatives?: string;
}

/** How a network is checked that is too large to be perturbed element by element, on one batch, at every occasion. */
export interface LargeNetwork {
  /** Whether inputs are drawn again for the parameters whose gradient was 0, until each was checked where it is not. */
  readonly everyParameter?: true;
  /** Whether random directions replace single elements: always, or unless the row is asked for by name. */
  readonly directional?: "always" | "unless named";
}

/** What is printed for those whose program is wrong, in words. */
export interface CaseHints {
  /** What forward must do in just this way for its numbers to be comparable. */
  readonly forward?: string;
  /** What dx is. */
  readonly dx?: string;
}

/** `new Class(...args)` for a class that is chosen by name, when the arguments are already known to fit. */
export function construct<T>(Class: AnyClass, args: readonly unknown[]): T {
  return Reflect.construct(Class, [...args]);
}
type AnyClass = new (...args: never[]) => object;

/** One row of the table: how to build both sides with equal weights, what to feed them, and how they are judged. */
export interface Case {
  /** The class under test, `Linear`. */
  readonly name: string;
  /** Which of its uses this row is, `without bias`. */
  readonly what: string;
  readonly manual: (rng: Random, student?: StudentClass) => AnyLayer;
  readonly autograd: (rng: Random) => AnyModule;
  readonly inputs: CaseInputs;
  readonly expects?: CaseExpectations;
  readonly witnesses?: CaseWitnesses;
  readonly large?: LargeNetwork;
  readonly hints?: CaseHints;
  /** An optimizer's row: both sides step on this row's model and must stay equal. */
  readonly optimizer?: { readonly steps: number; readonly build: OptimizerPair };
}

/** `Linear: 5 → 3` */
export function caseTitle({ name, what }: Pick<Case, "name" | "what">): string {
  return `${name}: ${what}`;
}

export type Manual = typeof manual;
export type Autograd = typeof autograd;
type Class<T> = new (...args: never[]) => T;

/** Names that are classes on both sides, where the arguments of chalk's also fit the tape's. */
type Twin = {
  [K in keyof Manual & keyof Autograd]: Manual[K] extends Class<AnyLayer>
    ? Autograd[K] extends Class<AnyModule>
      ? ConstructorParameters<Manual[K]> extends ConstructorParameters<Autograd[K]>
        ? K
        : never
      : never
    : never;
}[keyof Manual & keyof Autograd];

/** Both sides of one name, built with the same arguments; those must fit both constructors. */
export function twins<K extends Twin>(
  name: K,
  args: (rng: Random) => ConstructorParameters<Manual[K]>,
): Pick<Case, "name" | "manual" | "autograd"> {
  return {
    name,
    manual: (rng, student) => construct<AnyLayer>(student ?? manual[name], args(rng)),
    autograd: (rng) => construct<AnyModule>(autograd[name], args(rng)),
  };
}

/** Both optimizers of one name, for the parameters of either side. */
export type OptimizerPair = {
  readonly manual: (parameters: readonly manual.Parameter[], student?: StudentClass) => manual.Optimizer;
  readonly autograd: (parameters: readonly autograd.Tensor[]) => autograd.Optimizer;
};
