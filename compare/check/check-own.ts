import { differentiable, Module, type TensorFunction } from "../../autograd/index.ts";
import {
  type CheckReport,
  type CheckRow,
  type FormatOptions,
  type ForwardBackward,
  formatReport,
} from "../../gradcheck/index.ts";
import {
  checkSubject,
  isLayerLike,
  type LayerLike,
  layerInputNames,
  ownParameters,
  report,
  subjectOfAny,
  titleOf,
} from "../../gradcheck/internal.ts";
import { NDArray, random } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import { madeInputs, type Runnable } from "../subjects/made-inputs.ts";
import { type AnyModule, tape } from "../subjects/sides.ts";

/**
 * What `check` can check besides the classes of the catalogue: an object with forward and backward, a
 * module of the tape, a function of tensors, or a function without arguments that makes a new object.
 */
export type Own = LayerLike | ForwardBackward | AnyModule | TensorFunction | (() => LayerLike | AnyModule);

/** Options for one's own layer, loss, network or function. */
export interface OwnOptions extends FormatOptions {
  /** Seeds the inputs that are made, and the upstream gradient; default 0. */
  readonly seed?: number;
  /** Whether to suppress printing the report; default false. */
  readonly quiet?: boolean;
}

/** Something to check, whatever it is. */
interface Subjected extends Runnable {
  rows(inputs: readonly NDArray[], seed: number): readonly CheckRow[];
}

/** Checks an object of any class by finite differences and by the properties of every right backward. */
export function checkOwn(what: Own, given: readonly NDArray[] | undefined, options: OwnOptions): CheckReport {
  const { seed = 0, quiet = false } = options;
  const own = subjected(what);
  const made = given ? null : madeInputs(own, random(seed + 1));
  const inputs = given ?? made?.inputs;
  if (!Array.isArray(inputs) || !inputs.every((x) => x instanceof NDArray))
    throw new TypeError(`check: the inputs are ${describe(inputs)}, expected a list of arrays: [x, …]`);
  const rows = own.rows(inputs, seed);
  const found = { ...report(rows, seed, `check(…, { seed: ${seed} })`), ...(made && { notes: [made.note] }) };
  if (!quiet) console.log(formatReport(found, options));
  return found;
}

function subjected(what: Own): Subjected {
  const made = typeof what === "function" && what.length === 0 ? (what as () => unknown)() : what;
  if (made instanceof Module) return ofModule(made as AnyModule);
  if (typeof made === "function") return ofPair(differentiable(made as TensorFunction));
  if (isLayerLike(made)) return ofPair(made);
  throw new TypeError(
    `check: got ${describe(made)}, expected an object with forward and backward, a module, or a function of tensors; for a class of the catalogue write check("Linear", MyLinear)`,
  );
}

function ofModule(module: AnyModule): Subjected {
  return {
    title: module.constructor.name,
    arity: module.forward.length,
    shapes: module.parameters().map(({ shape }) => shape),
    forward: (...inputs) => tape(module, floats(inputs)).forward(...inputs),
    rows(inputs, seed) {
      const names = inputs.map((_, i) => ["x", "x2"][i] ?? `input ${i}`);
      const named = new Map(inputs.map((x, i) => [names[i] as string, x.copy()]));
      return checkSubject(this.title, tape(module, floats(inputs)), named, { seed });
    },
  };
}

/** The number of inputs that have gradients: the first ones, up to the first that is not float64. */
function floats(inputs: readonly NDArray[]): number {
  const first = inputs.findIndex(({ dtype }) => dtype !== "float64");
  return first < 0 ? inputs.length : first;
}

function ofPair(pair: LayerLike | ForwardBackward): Subjected {
  return {
    title: titleOf(pair),
    arity: pair.forward.length,
    shapes: ownParameters(pair).map(({ value }) => value.shape),
    forward: (...inputs) => pair.forward(...inputs),
    rows(inputs, seed) {
      const names = layerInputNames(pair, inputs);
      const named = new Map(inputs.map((x, i) => [names[i] as string, x.copy()]));
      return checkSubject(this.title, subjectOfAny(pair, inputs, names), named, { seed });
    },
  };
}
