// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks classes by name, from both sides
import * as autograd from "../../autograd/index.ts";
import type { PreciseFunction } from "../../gradcheck/internal.ts";
import * as manual from "../../manual/index.ts";
import type { NDArray, Random } from "../../np/index.ts";
import type { Formula } from "../formulas/formula-witness.ts";
import type { AnyLayer, AnyModule } from "../subjects/sides.ts";

/** A twin that a student may write: a class of chalk's, by name. */
export type StudentClass = new (...args: never[]) => AnyLayer | manual.NonlinearClassifier | manual.Optimizer;
/** A class, whatever its arguments. */
export type Build<T> = new (...args: readonly unknown[]) => T;

/** One row of the table: how to build both sides with equal weights, and what to feed them. */
export interface Case {
  /** The class under test, `Linear`. */
  readonly name: string;
  /** Which of its uses this row is, `without bias`. */
  readonly what: string;
  readonly manual: (rng: Random, student?: StudentClass) => AnyLayer;
  readonly autograd: (rng: Random) => AnyModule;
  /** The input whose gradient is checked, kept off kinks. */
  readonly x: (rng: Random) => NDArray;
  /** A second input whose gradient is checked as well; chalk's backward then returns both, [dx, dx2]. */
  readonly x2?: (rng: Random) => NDArray;
  /** What a loss compares with; constant. */
  readonly target?: (rng: Random) => NDArray;
  /** Whether inputs are drawn again for the parameters whose gradient was 0, until each was checked where it is not. */
  readonly everyParameter?: true;
  /** A network too large for one element at a time: random directions judge, always, or unless the row is asked for by name. */
  readonly directional?: "always" | "unless named";
  /** Why its second derivatives are not checked. */
  readonly notTwice?: string;
  /** Inputs and parameters by name on which no gradient depends: their second derivatives must be 0, and 0 is what is checked. */
  readonly zeroSecondDerivatives?: readonly string[];
  /** What dx is, in words, for those whose dx is wrong. */
  readonly rule?: string;
  /** Which axis of x counts samples; default 0. */
  readonly batchAxis?: number;
  /** Why chalk returns no dx here. */
  readonly noInputGradient?: string;
  /** Why every gradient is 0 here, which is then what is checked. */
  readonly zero?: string;
  /** What forward must do in just this way for its numbers to be comparable, in words, for those whose y is another. */
  readonly protocol?: string;
  /** Whether some of x lies where dx jumps, wherever it is drawn: on a kink that no `maximum` or `abs` shows. */
  readonly onKink?: true;
  /** Why the numerical witness is not heard on this row. */
  readonly noDifferences?: string;
  /** What y is of each element of x, for mathjs to differentiate and to evaluate with 64 digits: two more witnesses. */
  readonly formula?: Formula;
  /** What y is of all arrays, with 64 digits: a witness for x and every parameter. */
  readonly precise?: PreciseFunction;
  /** An optimizer's row: both sides step on this row's model and must stay equal. */
  readonly optimizer?: { readonly steps: number; readonly build: OptimizerPair };
}

export type Manual = typeof manual;
export type Autograd = typeof autograd;
type Class<T> = abstract new (...args: never[]) => T;

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
    manual: (rng, student) => new ((student ?? manual[name]) as unknown as Build<AnyLayer>)(...args(rng)),
    autograd: (rng) => new (autograd[name] as unknown as Build<AnyModule>)(...args(rng)),
  };
}

/** Both optimizers of one name, for the parameters of either side. */
export type OptimizerPair = {
  readonly manual: (parameters: readonly manual.Parameter[], student?: StudentClass) => manual.Optimizer;
  readonly autograd: (parameters: readonly autograd.Tensor[]) => autograd.Optimizer;
};
