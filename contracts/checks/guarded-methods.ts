import type { NDArray } from "../../np/index.ts";
import { describe, flag, settleOptions } from "../../np/internal.ts";

/** What one side computes with, and how to make it from something else. */
export interface Values {
  readonly is: (x: unknown) => boolean;
  /** In words that follow "expected": `an NDArray`. */
  readonly expected: string;
  readonly remedy: (x: unknown) => string;
}

type Method = (this: object, ...given: readonly unknown[]) => unknown;

/** The prototypes whose methods are guarded already. */
const guarded = new WeakSet<object>();

/**
 * Gives the methods `forward`, `backward` and `forward…`, `backward…` of a layer's class, and of those between it and `base`, an answer of their own
 * to wrong arguments, so that no layer has to check for itself. It is done when the first object of a class is made.
 */
export function guardMethods(layer: object, base: object, values: Values): void {
  for (
    let owner = Object.getPrototypeOf(layer);
    owner && owner !== base;
    owner = Object.getPrototypeOf(owner)
  ) {
    if (guarded.has(owner)) return;
    guarded.add(owner);
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (name === "backward") replace(owner, name, (method) => guardedBackward(method, values));
      else if (/^(for|back)ward/.test(name))
        replace(owner, name, (method) => guardedForward(name, method, values));
    }
  }
}

function replace(owner: object, name: string, guard: (method: Method) => Method): void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  if (typeof own?.value !== "function") return;
  const method: Method = own.value;
  const value = guard(method);
  Object.defineProperty(value, "name", { value: name });
  Object.defineProperty(value, "length", { value: method.length });
  // A lesson prints `layer.forward.toString()`: it shows the layer's own lines, not the guard.
  Object.defineProperty(value, "toString", { value: () => method.toString() });
  Object.defineProperty(owner, name, { ...own, value });
}

/**
 * Only on failure does it look which input is to blame, since a class may take other inputs than
 * arrays, and leave some of them out.
 */
function guardedForward(name: string, method: Method, values: Values): Method {
  return function (...inputs) {
    expectOwner(this, name);
    let y: unknown;
    try {
      y = method.call(this, ...inputs);
    } catch (error) {
      throw isOurs(error) ? error : (blamed(this, name, method, inputs, values) ?? error);
    }
    const error = values.is(y) ? null : blamed(this, name, method, inputs, values);
    if (error) throw error;
    return y;
  };
}

function guardedBackward(method: Method, values: Values): Method {
  return function (dy, options, ...more) {
    expectOwner(this, "backward");
    // Somebody's class may leave dy out; a loss, and a class that extends one, also takes a number.
    const isNumber = typeof dy === "number" && takesNumbers(this);
    if (!values.is(dy) && !isNumber && dy !== undefined)
      throw refused(this, "backward", method, 0, dy, values);
    if (options !== undefined) expectInput(this, options);
    let dx: unknown;
    try {
      dx = method.call(this, dy, options, ...more);
    } catch (error) {
      if (dy !== undefined || isOurs(error)) throw error;
    }
    if (dx !== undefined || dy !== undefined || method.length === 0) return dx;
    throw refused(this, "backward", method, 0, dy, values);
  };
}

/** @throws TypeError for a method that was taken from its layer, as in `const f = layer.forward` */
function expectOwner(owner: unknown, name: string): void {
  if (owner === undefined)
    throw new TypeError(`${name}: called without its layer; write (x) => layer.${name}(x)`);
}

/** Whether a class or one that it extends declares `backward(dy = 1)`, which counts no argument. */
function takesNumbers(layer: object): boolean {
  for (let owner = layer; owner; owner = Object.getPrototypeOf(owner)) {
    const own: unknown = Object.getOwnPropertyDescriptor(owner, "backward")?.value;
    if (typeof own === "function" && own.length === 0) return true;
  }
  return false;
}

const backwardOptions = { name: "backward", positional: {}, options: { input: flag(true) } };

/** The usual `{ input }` passes without a look at the contract. */
function expectInput(layer: object, options: unknown): void {
  let isUsual = typeof options === "object" && options !== null && !Array.isArray(options);
  for (const key in Object(options))
    isUsual &&= key === "input" && typeof Reflect.get(Object(options), key) === "boolean";
  if (!isUsual) settleOptions(`${layer.constructor.name}.backward`, backwardOptions, options);
}

/** Whether an error says where it comes from, as ours do and those of the JavaScript engine do not. */
function isOurs(error: unknown): boolean {
  const isEngines = error instanceof TypeError || error instanceof RangeError;
  return !isEngines || /^[\w.#[\] ]+: /.test(error.message);
}

function blamed(
  layer: object,
  name: string,
  method: Method,
  inputs: readonly unknown[],
  values: Values,
): Error | null {
  const isArray = (x: unknown): x is NDArray => typeof x === "object" && x !== null && "strides" in x;
  const isConstant = (i: number): boolean => i > 0 && isArray(inputs[i]);
  const given = [...inputs, ...new Array<undefined>(Math.max(0, method.length - inputs.length))];
  const wrong = given.findIndex((x, i) => !values.is(x) && !isConstant(i));
  return wrong < 0 ? null : refused(layer, name, method, wrong, inputs[wrong], values);
}

function refused(
  layer: object,
  name: string,
  method: Method,
  i: number,
  given: unknown,
  { expected, remedy }: Values,
): TypeError {
  const [, listed = ""] = /\(([^)]*)\)/.exec(Function.prototype.toString.call(method)) ?? [];
  const argument = listed.split(",")[i]?.match(/[\w$]+/)?.[0] ?? `argument ${i + 1}`;
  const found = given === undefined ? "missing" : describe(given);
  return new TypeError(
    `${layer.constructor.name}.${name}: ${argument} is ${found}, expected ${expected}${remedy(given)}`,
  );
}
