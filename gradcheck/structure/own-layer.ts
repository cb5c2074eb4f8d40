import { NDArray, sameShape } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import type { Subject } from "../subject.ts";
import { generatorsOf } from "./generators.ts";
import { type OwnParameter, ownParameters } from "./own-parameters.ts";
import { isPart } from "./walk.ts";

/** Any object with forward and backward that remembers its forward: a layer, a loss or a network of whatever class. */
export interface LayerLike {
  forward(...inputs: readonly NDArray[]): unknown;
  /** Takes dy and returns dx, a list with one gradient for each input, an object `{ dx, dW }`, or nothing. */
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
        gradients.set(name, gradient.copy()); // backward may write into the same memory every time
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
  return [[names[0] as string, returned]];
}

/**
 * The parameters of an object that may have run before, or that makes them in its first forward: the
 * arrays that stay the same through two forwards on other numbers. What forward only remembers, such as
 * `this.x` beside `this.dX`, is another array every time, or has the numbers of an input.
 */
export function persistentParameters(
  layer: LayerLike,
  [first, second]: readonly [readonly NDArray[], readonly NDArray[]],
): OwnParameter[] {
  layer.forward(...first.map((x) => x.copy()));
  const earlier = new Map(ownParameters(layer).map(({ name, value }) => [name, value]));
  const inputs = second.map((x) => x.copy());
  layer.forward(...inputs);
  return ownParameters(layer).filter(
    ({ name, value }) =>
      earlier.get(name) === value && !inputs.some((x) => x === value || sameValues(x, value)),
  );
}

function sameValues(a: NDArray, b: NDArray): boolean {
  if (!sameShape(a.shape, b.shape)) return false;
  const [x, y] = [a.flat(), b.flat()];
  return x.every((value: number, i: number) => value === y[i]);
}
