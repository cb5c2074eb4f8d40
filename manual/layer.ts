import type { StateDict } from "../contracts/index.ts";
import {
  beginArguments,
  copyState,
  expectNoArguments,
  expectShape,
  fields,
  guardMethods,
  partsIn,
  partText,
  placeName,
  stateDictOf,
  type Values,
} from "../contracts/internal.ts";
import { NDArray, Operators } from "../np/index.ts";
import { boolean, expectArgument, lookUp, markCopy, place, printsItsText } from "../np/internal.ts";
import type { InputGradientOptions } from "./input-gradient-options.ts";

/**
 * The fields of a layer with parameters: for every parameter p an array `p` and
 * its gradient `dP` of the same shape. Both may be null (no bias; no backward yet).
 * Arrays in a list `ps` have their gradients in a list `dPs`; objects and Maps likewise.
 * `class Linear extends Layer implements Params<"weight" | "bias">` does not compile
 * without `dBias`.
 */
export type Params<P extends string> = { [K in P]: NDArray | null } & {
  [K in P as `d${Capitalize<K>}`]: NDArray | null;
};

/** A parameter as an optimizer sees it: its value, changed in place, and the gradient of the last backward. */
export interface Parameter {
  /** The dotted name, `layer1.weight`. */
  readonly name: string;
  readonly value: NDArray;
  /** ∂L/∂value; null before the first backward and after zeroGrad. */
  gradient: NDArray | null;
}

/**
 * A part of a network in chalk. `forward` computes y and remembers what `backward` needs.
 * `backward` takes dy = ∂L/∂y, assigns the gradients of the parameters and returns dx = ∂L/∂x.
 * Each object can be used in only one place of a network.
 */
export abstract class Layer<In extends readonly unknown[] = [x: NDArray], Dx = NDArray> {
  static {
    markCopy(Layer.prototype);
    printsItsText(Layer.prototype);
  }

  /**
   * Whether layers that behave differently in training (dropout, batch normalisation) are in
   * training mode.
   */
  training: boolean = true;

  /** @throws TypeError for any argument to a class without its own constructor, such as ReLU */
  constructor() {
    // biome-ignore lint/complexity/noArguments: a parameter here would be one of every class without a constructor
    expectNoArguments(this.constructor.name, arguments);
    beginArguments(this, Layer.prototype);
    guardMethods(this, Layer.prototype, arrays);
  }

  abstract forward(...inputs: In): NDArray;
  abstract backward(dy: NDArray, options?: InputGradientOptions): Dx;

  /**
   * All parameters of this layer and its parts, in the order of their fields.
   * @throws TypeError for a part used twice
   */
  parameters(): Parameter[] {
    expectDistinctParts(this);
    return [...fields(this, isLayer)].flatMap(({ name, key, keys, owner, value }) =>
      value instanceof NDArray && gradientKey(key) in owner
        ? [parameter(name, value, owner, [gradientKey(key), ...keys])]
        : [],
    );
  }

  /** Sets all gradients to null. */
  zeroGrad(): void {
    for (const p of this.parameters()) p.gradient = null;
  }

  /** Parameters and buffers by their dotted names: the arrays themselves, not copies. Keys are PyTorch's. */
  stateDict(): StateDict {
    const arrays = [...fields(this, isLayer)].flatMap(({ name, key, keys, owner, value }) => {
      const isKept = keys.length === 0 ? !isGradientOf(owner, key) : gradientKey(key) in owner;
      return value instanceof NDArray && isKept ? [[name, value] as const] : [];
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

  /** Switches this layer and its parts to training mode, or with false to evaluation mode. */
  train(mode: boolean = true): this {
    expectArgument(`${this.constructor.name}.train`, "mode", boolean, mode);
    for (const { key, owner } of fields(this, isLayer)) if (key === "training") owner.training = mode;
    return this;
  }
  /** Switches this layer and its parts to evaluation mode. */
  eval(): this {
    return this.train(false);
  }

  /** The class with its arguments, or its parts one a line, as PyTorch prints a module. */
  toString(): string {
    return partText<AnyLayer>(this, isLayer);
  }

  /**
   * Returns what `forward` remembered. An element-wise layer also passes dy, to check its shape:
   * a wrong one would silently broadcast.
   * @throws TypeError when forward has not run
   * @throws ShapeError when dy has another shape, TypeError when it has none
   */
  protected remembered<T>(value: T | null, dy?: NDArray): T {
    const where = `${this.constructor.name}.backward`;
    if (value === null) throw new TypeError(`${where}: nothing remembered; call forward first`);
    if (dy && value instanceof NDArray) expectShape(where, "dy", dy.shape, value.shape);
    return value;
  }
}

/** What chalk computes with. */
const arrays: Values = {
  is: (x) => x instanceof NDArray,
  expected: "an NDArray",
  remedy: (x) =>
    x instanceof Operators ? "; pass its values: x.data" : "; np.array(list) makes one from a list",
};

export type AnyLayer = Layer<readonly unknown[], unknown>;

export function isLayer(value: unknown): value is AnyLayer {
  return value instanceof Layer;
}

/** weight → dWeight */
function gradientKey(key: string): string {
  return `d${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

function isGradientOf(owner: object, key: string): boolean {
  return Object.keys(owner).some((other) => gradientKey(other) === key);
}

/** `keys` lead from the owner to the gradient. */
function parameter(name: string, value: NDArray, owner: AnyLayer, keys: readonly unknown[]): Parameter {
  return {
    name,
    value,
    get gradient() {
      return (lookUp(owner, keys) as NDArray | null | undefined) ?? null;
    },
    set gradient(gradient) {
      place(owner, keys, gradient);
    },
  };
}

/**
 * Checks that no layer object occurs twice: a layer remembers only its last forward,
 * so the second use would corrupt the backward of the first.
 * @throws TypeError
 */
export function expectDistinctParts(network: object): void {
  const seen = new Map<AnyLayer, string>();
  const visit = (owner: object, prefix: string, around: readonly object[]): void => {
    const inside = [...around, owner];
    for (const { key, path, part } of partsIn(owner, isLayer)) {
      if (inside.includes(part)) continue; // its parent
      const name = prefix + placeName(key, path);
      const first = seen.get(part);
      if (first) {
        throw new TypeError(
          `${network.constructor.name}: ${name} and ${first} are the same ${part.constructor.name}, which remembers only one forward; make a second: new ${part.constructor.name}(…)`,
        );
      }
      seen.set(part, name);
      visit(part, `${name}.`, inside);
    }
  };
  visit(network, "", []);
}
