import type { StateDict } from "../contracts/index.ts";
import {
  beginArguments,
  copyState,
  expectKeys,
  expectNoArguments,
  fields,
  guardMethods,
  partText,
  stateDictOf,
  type Values,
} from "../contracts/internal.ts";
import { NDArray } from "../np/index.ts";
import {
  argument,
  boolean,
  expectArgument,
  functionOf,
  markCopy,
  orNull,
  printsItsText,
  text,
} from "../np/internal.ts";
import { type ForwardHook, type ForwardPreHook, registerAfter, registerBefore } from "./forward-hooks.ts";
import type { RemovableHandle } from "./hooks.ts";
import { namedChildren, namedParts } from "./module-tree.ts";
import { Tensor } from "./tensor.ts";

/** The parameter fields of a module: a tensor each, or null for one that is switched off. */
export type Params<P extends string> = { [K in P]: Tensor | null };

/**
 * A piece of a network on the tape: `forward` only. Its parameters are its tensor fields that
 * require a gradient; the tape finds the gradients. Lists, objects and Maps of parts and parameters
 * are searched too; a #private field is not.
 *
 * `forward` takes a tensor and returns one. Where it does not, say what: `class Autoencoder extends Module<[x: Tensor], [code: Tensor, y: Tensor]>`.
 */
export abstract class Module<In extends readonly unknown[] = [x: Tensor], Out = Tensor> {
  static {
    markCopy(Module.prototype);
    printsItsText(Module.prototype);
  }

  /**
   * Whether modules that behave differently in training (dropout, batch normalisation) are in
   * training mode.
   */
  training: boolean = true;

  /** @throws TypeError for any argument to a class without its own constructor, such as ReLU */
  constructor() {
    // biome-ignore lint/complexity/noArguments: a parameter here would be one of every class without a constructor
    expectNoArguments(this.constructor.name, arguments);
    beginArguments(this, Module.prototype);
    guardMethods(this, Module.prototype, tensors);
  }

  abstract forward(...inputs: In): Out;

  /** All parameters of this module and its parts, in field order; a shared one appears once. */
  parameters(): Tensor[] {
    return [...new Set(this.namedParameters().map(([, p]) => p))];
  }

  /** Parameters with their dotted names, `layer1.weight`. */
  namedParameters(): [name: string, parameter: Tensor][] {
    return [...fields(this, isModule)].flatMap(({ name, keys, value }): [string, Tensor][] =>
      value instanceof Tensor && value.requiresGrad && (keys.length === 0 || isLeaf(value))
        ? [[name, value]]
        : [],
    );
  }

  /** The modules in this one's own fields, in lists and objects too, but not theirs. */
  children(): AnyModule[] {
    return this.namedChildren().map(([, part]) => part);
  }
  /** `children` with their names, `layer1`, `layers.0`. */
  namedChildren(): [name: string, module: AnyModule][] {
    return namedChildren<AnyModule>(this, isModule);
  }
  /** This module, its parts and theirs, each before its own; one that is used twice appears once. */
  modules(): AnyModule[] {
    return this.namedModules().map(([, part]) => part);
  }
  /** `modules` with their dotted names; this one's is "". */
  namedModules(): [name: string, module: AnyModule][] {
    return namedParts<AnyModule>(this, isModule);
  }
  /**
   * Calls `fn` with every part, each after its own parts, and with this module last: `model.apply(initWeights)`.
   * @throws TypeError for anything but a function
   */
  apply(fn: (module: AnyModule) => void): this {
    expectArgument(
      `${this.constructor.name}.apply`,
      "fn",
      functionOf<typeof fn>("a function of a module"),
      fn,
    );
    for (const part of this.children()) part.apply(fn);
    fn(this);
    return this;
  }

  /**
   * Gives the module a field with an array that is saved in its state dict, but not learned. `this.runningMean = zeros([3])` does the same.
   * @throws TypeError for a name that is taken, empty or contains a dot, and for a tensor that requires a gradient, which would be a parameter
   */
  registerBuffer(name: string, array: NDArray | Tensor | null): void {
    const where = `${this.constructor.name}.registerBuffer`;
    expectArgument(where, "name", text, name);
    expectArgument(where, "array", orNull(constant, "none yet"), array);
    expectKeys(this, "registerBuffer", [name]);
    const isTaken = name in this && !(Object.hasOwn(this, name) && isBuffer(Reflect.get(this, name)));
    if (isTaken) throw new TypeError(`${where}: attribute '${name}' already exists; choose another name`);
    Reflect.set(this, name, array);
  }

  /** Calls `hook` with the module, its inputs in a list and its output after every `forward`; what it returns is the output. */
  registerForwardHook(hook: ForwardHook<this, In, Out>): RemovableHandle {
    return registerAfter<In, Out, this>(this, hook);
  }
  /** Calls `hook` with the module and its inputs in a list before every `forward`; what it returns are the inputs. */
  registerForwardPreHook(hook: ForwardPreHook<this, In>): RemovableHandle {
    return registerBefore<In, Out, this>(this, hook);
  }

  /** Sets all gradients to null. */
  zeroGrad(): void {
    for (const p of this.parameters()) p.grad = null;
  }

  /** Parameters and buffers by their dotted names: the arrays themselves, not copies. Keys are PyTorch's. */
  stateDict(): StateDict {
    const arrays = [...fields(this, isModule)].flatMap(({ name, keys, value }): [string, NDArray][] => {
      const data = value instanceof Tensor ? value.data : value;
      const isKept = keys.length === 0 || isLeaf(value);
      return data instanceof NDArray && isKept ? [[name, data]] : [];
    });
    return stateDictOf(`${this.constructor.name}.stateDict`, arrays);
  }

  /**
   * Copies values, arrays or tensors, into the existing arrays.
   * @throws RangeError that lists every key that is missing, unknown or of the wrong shape
   */
  loadStateDict(state: Readonly<Record<string, NDArray | Tensor>>): void {
    copyState(`${this.constructor.name}.loadStateDict`, this.stateDict(), state, (x) =>
      x instanceof Tensor ? x.data : x,
    );
  }

  /** Switches this module and its parts to training mode, or with false to evaluation mode. */
  train(mode: boolean = true): this {
    expectArgument(`${this.constructor.name}.train`, "mode", boolean, mode);
    for (const { key, owner } of fields(this, isModule)) if (key === "training") owner.training = mode;
    return this;
  }
  /** Switches this module and its parts to evaluation mode. */
  eval(): this {
    return this.train(false);
  }

  /** The class with its arguments, or its parts one a line, as PyTorch prints a module. */
  toString(): string {
    return partText<AnyModule>(this, isModule);
  }
}

/** What the tape computes with. */
const tensors: Values = {
  is: (x) => x instanceof Tensor,
  expected: "a tensor",
  remedy: () => "; tensor(x) makes one from an array or a list",
};
const isConstant = (x: unknown): boolean => x instanceof NDArray || (x instanceof Tensor && !x.requiresGrad);
const constant = argument<NDArray | Tensor>(
  "array",
  "an NDArray, or a tensor that requires no gradient",
  isConstant,
);
/** A field that holds an array, or none yet. */
function isBuffer(value: unknown): boolean {
  return isConstant(value) || value === null || value === undefined;
}
/** A tensor that is not a result: of the tensors in a list, only these are parameters. */
function isLeaf(value: unknown): boolean {
  return value instanceof Tensor && value.requiresGrad && value.node === null;
}

export type AnyModule = Module<readonly unknown[], unknown>;

export function isModule(value: unknown): value is AnyModule {
  return value instanceof Module;
}
