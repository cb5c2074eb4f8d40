import { differentiable, Module, type TensorFunction } from "../../autograd/index.ts";
import type { CheckReport, CheckRow, FormatOptions, ForwardBackward } from "../../gradcheck/index.ts";
import {
  checkHabits,
  checkSubject,
  finished,
  formatOptions,
  isLayerLike,
  type LayerLike,
  layerInputNames,
  type OwnParameter,
  ownArrays,
  ownParameters,
  persistentParameters,
  report,
  type Specimen,
  seed as seedOption,
  shownOnce,
  subjectOfAny,
  titleOf,
} from "../../gradcheck/internal.ts";
import { NDArray, type Random, random } from "../../np/index.ts";
import { describe, flag, type OptionTable, settleOptions } from "../../np/internal.ts";
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

const ownOptions: OptionTable<OwnOptions> = { seed: seedOption, ...formatOptions, quiet: flag(false) };

/** Something to check, whatever it is. */
interface Subjected extends Runnable {
  /** Whether it is an object that remembers its forward, and not a function. */
  readonly remembers: boolean;
  rows(inputs: readonly NDArray[], seed: number): readonly CheckRow[];
}

/** Checks an object of any class by finite differences and by the properties of every right backward. */
export function checkOwn(what: Own, given: readonly NDArray[] | undefined, options: OwnOptions): CheckReport {
  const contract = { name: "check", positional: {}, options: ownOptions };
  const { seed, ...shown } = settleOptions("check", contract, options);
  const own = subjected(what);
  const made = given ? null : madeInputs(own, random(seed + 1));
  const inputs = given ?? made?.inputs;
  if (!Array.isArray(inputs) || !inputs.every((x) => x instanceof NDArray))
    throw new TypeError(`check: the inputs are ${describe(inputs)}, expected a list of arrays: [x, …]`);
  const rows = [...own.rows(inputs, seed)];
  const factory = isFactory(what) ? what : null;
  if (factory && rows.every(({ verdict }) => verdict === "agree"))
    rows.push(...finished(checkHabits(specimen(own.title, factory, inputs, random(seed + 2)))));
  const notes = [made?.note, !factory && own.remembers && more].filter((note) => typeof note === "string");
  const found = { ...report(rows, seed, `check(…, { seed: ${seed} })`), notes };
  return shownOnce(found, shown);
}

/** What a single object cannot show. */
const more =
  "not checked: two objects side by side, a second backward, and other habits that need new objects; pass a function that makes one: check(() => new MyLayer(…))";

/** A function without arguments makes objects; one with arguments is a function of tensors. */
function isFactory(what: Own): what is () => LayerLike {
  return typeof what === "function" && what.length === 0 && isLayerLike((what as () => unknown)());
}

/** New objects with the parameters of the first. */
function specimen(
  title: string,
  factory: () => LayerLike,
  inputs: readonly NDArray[],
  rng: Random,
): Specimen {
  const first = factory();
  const others = inputs.map((x) => (x.dtype === "float64" ? x.add(rng.normal(0, 0.1, x.shape)) : x));
  const y = first.forward(...inputs.map((x) => x.copy())) as NDArray;
  const names = layerInputNames(first, inputs);
  const persistent = new Set(persistentParameters(factory(), [others, inputs]).map(({ name }) => name));
  const parametersOf = (layer: LayerLike): readonly OwnParameter[] =>
    ownParameters(layer, persistent).filter(({ name }) => persistent.has(name));
  const start = new Map(parametersOf(factory()).map(({ name, value }) => [name, value.copy()]));
  const make = (): LayerLike => {
    const layer = factory();
    for (const { name, value } of parametersOf(layer)) {
      const first = start.get(name);
      if (first) value.copyFrom(first);
    }
    return layer;
  };
  return { title, make, parametersOf, names, draws: [inputs, others], shape: y.shape, rng };
}

function subjected(what: Own): Subjected {
  if (typeof what === "function" && isLayerLike(what.prototype)) {
    const name = what.name || "MyLayer";
    throw new TypeError(
      `check: got the class ${name}; write check(() => new ${name}(…)), or check("Linear", ${name}) to compare it with a class of the catalogue`,
    );
  }
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
    remembers: false,
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
    remembers: Object.getPrototypeOf(pair) !== Object.prototype,
    arity: pair.forward.length,
    shapes: [...ownParameters(pair).map(({ value }) => value), ...ownArrays(pair).values()].map(
      ({ shape }) => shape,
    ),
    forward: (...inputs) => pair.forward(...inputs),
    rows(inputs, seed) {
      const names = layerInputNames(pair, inputs);
      const named = new Map(inputs.map((x, i) => [names[i] as string, x.copy()]));
      return checkSubject(this.title, subjectOfAny(pair, inputs, names), named, { seed });
    },
  };
}
