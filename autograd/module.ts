import type { StateDict } from "../contracts/index.ts";
import {
  beginArguments,
  copyState,
  expectNoArguments,
  fields,
  guardMethods,
  partText,
  stateDictOf,
  type Values,
} from "../contracts/internal.ts";
import { NDArray } from "../np/index.ts";
import { boolean, expectArgument, markCopy, printsItsText } from "../np/internal.ts";
import { Tensor } from "./tensor.ts";

/** The parameter fields of a module: a tensor each, or null for one that is switched off. */
export type Params<P extends string> = { [K in P]: Tensor | null };

/**
 * A piece of a network on the tape: `forward` only. Its parameters are its tensor fields that
 * require a gradient; the tape finds the gradients. Lists, objects and Maps of parts and parameters
 * are searched too; a #private field is not.
 */
export abstract class Module<In extends readonly unknown[] = [x: Tensor]> {
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

  abstract forward(...inputs: In): Tensor;

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
   * Copies values into the existing arrays.
   * @throws RangeError that lists every key that is missing, unknown or of the wrong shape
   */
  loadStateDict(state: StateDict): void {
    copyState(`${this.constructor.name}.loadStateDict`, this.stateDict(), state);
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
/** A tensor that is not a result: of the tensors in a list, only these are parameters. */
function isLeaf(value: unknown): boolean {
  return value instanceof Tensor && value.requiresGrad && value.node === null;
}

export type AnyModule = Module<readonly unknown[]>;

export function isModule(value: unknown): value is AnyModule {
  return value instanceof Module;
}
