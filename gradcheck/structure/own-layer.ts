import { NDArray } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import type { Subject } from "../subject.ts";
import { generatorsOf } from "./generators.ts";
import { gradientKeys, type OwnParameter, ownParameters } from "./own-parameters.ts";
import { isScalarLoss } from "./scalar-loss.ts";
import { isPart } from "./walk.ts";

/** Any object with forward and backward that remembers its forward: a layer, a loss or a network of whatever class. */
export interface LayerLike {
  forward(...inputs: readonly NDArray[]): unknown;
  /** Takes dy and returns dx, a list with one gradient for each input and then each parameter, an object `{ dx, dW }`, or nothing. A scalar loss may take no dy, which is 1. */
  backward(dy: NDArray): unknown;
}

/** Whether a value is an object with forward and backward. */
export function isLayerLike(value: unknown): value is LayerLike {
  return isPart(value) && typeof Reflect.get(value, "backward") === "function";
}

/** The name of an object's class in messages. */
export function classOf(layer: object): string {
  return layer.constructor?.name || "your layer";
}

/**
 * A layer-like object as the subject of a check. Every evaluation draws the same random numbers,
 * from the generators' current state. Gradients have the inputs' names and the parameters' names.
 * @param names of the inputs, in forward's order
 * @param parameters as found before the first forward; default: found now
 */
export function ownLayer(
  layer: LayerLike,
  names: readonly string[],
  parameters: readonly OwnParameter[] = ownParameters(layer),
): Subject {
  const where = classOf(layer);
  const generators = generatorsOf(layer);
  return {
    parameters: new Map(parameters.map(({ name, value }) => [name, value])),
    forward(...inputs) {
      generators.restart();
      const y = layer.forward(...inputs);
      if (y instanceof NDArray) return y;
      throw new TypeError(`${where}.forward(…) is ${describe(y)}, expected an NDArray: ${remedy(y)}`);
    },
    gradients(dy, ...inputs) {
      // No zeroGrad: backward must assign, and one that accumulates gives other numbers the second time.
      const y = this.forward(...inputs);
      const returned = layer.backward(dy ?? y.mul(0).add(1));
      const factor = dy && isScalarLoss(layer, y) ? dy.item() : 1; // a backward() without dy is for dy = 1
      for (const p of parameters) expectInPlace(where, p);
      const found = new Map<string, unknown>();
      for (const p of parameters) found.set(p.name, p.gradient());
      for (const [name, gradient] of returnedGradients(where, returned, names, parameters))
        found.set(name, gradient);
      const gradients = new Map<string, NDArray>();
      for (const [name, gradient] of found) {
        if (gradient === null || gradient === undefined) continue;
        if (!(gradient instanceof NDArray))
          throw new TypeError(
            `${where}.backward: the gradient of ${name} is ${describe(gradient)}, expected an NDArray: ${remedy(gradient)}`,
          );
        // Another array, because backward may write into the same memory every time.
        gradients.set(name, factor === 1 ? gradient.copy() : gradient.mul(factor));
      }
      return { y, gradients };
    },
  };
}

/** What to return in place of a number, a Tensor or a list. */
function remedy(value: unknown): string {
  const isTensor = typeof value === "object" && value !== null && "requiresGrad" in value;
  return isTensor
    ? "chalk computes with NDArrays"
    : "return an NDArray; mean() and sum() already give one, so leave out .item()";
}

function expectInPlace(where: string, { name, value, now }: OwnParameter): void {
  if (now() === value) return;
  throw new TypeError(
    `${where}: forward or backward replaced the array of ${name}; leave parameters alone, only the optimizer changes them`,
  );
}

/** The arrays of an object literal that backward returned, `{ dx, dW }`; null for anything else. */
export function namedGradients(returned: unknown): ReadonlyMap<string, NDArray> | null {
  if (typeof returned !== "object" || returned === null) return null;
  if (Object.getPrototypeOf(returned) !== Object.prototype) return null;
  const arrays = Object.entries(returned).filter(
    (entry): entry is [string, NDArray] => entry[1] instanceof NDArray,
  );
  return arrays.length > 0 ? new Map(arrays) : null;
}

/**
 * The gradients that backward returned, by name: dx belongs to the first input, and each of a list
 * to the input in its place, then to the parameters. Of an object literal, `dx` belongs to x and `dW` to W.
 */
export function returnedGradients(
  where: string,
  returned: unknown,
  names: readonly string[],
  parameters: readonly OwnParameter[],
): (readonly [name: string, gradient: unknown])[] {
  if (returned === null || returned === undefined) return [];
  if (Array.isArray(returned) && returned.some((one) => one instanceof NDArray)) {
    const all = [...names, ...parameters.map(({ name }) => name)];
    if (returned.length > all.length)
      throw new TypeError(
        `${where}.backward returned ${returned.length} gradients; expected at most one for each of ${all.join(", ")}`,
      );
    return returned.map((gradient, i) => [all[i] as string, gradient] as const);
  }
  const named = namedGradients(returned);
  if (!named) return [[names[0] as string, returned]];
  return [...names, ...parameters.map(({ name }) => name)].flatMap((name) => {
    const keys = gradientKeys(name.split(".").at(-1) as string);
    const key = keys.find((one) => named.has(one));
    return key === undefined ? [] : [[name, named.get(key)] as const];
  });
}
