import { array, type NDArray, ShapeError } from "../../np/index.ts";
import type { Request } from "../protocol/calls.ts";
import type { Arrays } from "../protocol/frame.ts";
import type { LayerUnderTest } from "./layer-under-test.ts";
import { expectChange } from "./planted-layer.ts";

/** Requests that one layer answers; a test of all elements needs a tenth of them. */
export const mostRequestsPerLayer: number = 8000;

/** What a submission's test gets in place of a layer: it asks the grader, where the layer is. */
export class RemoteLayer implements LayerUnderTest {
  readonly inputShape: readonly number[];
  readonly parameters: Record<string, NDArray>;
  readonly gradients: Record<string, NDArray> = {};
  readonly #request: Request;
  #changes: Record<string, NDArray> = {};
  #dx: NDArray | null = null;

  constructor(request: Request) {
    this.#request = request;
    const { shape, ...parameters } = request("open", {});
    this.inputShape = [...(shape as NDArray).flat()];
    this.parameters = named(parameters, "p.");
  }

  /** The layer hears of a change with the next forward. @throws RangeError for an unknown name or another shape */
  perturb(name: string, change: NDArray): void {
    const value = expectChange(this.parameters, name, change);
    this.parameters[name] = value.add(change);
    this.#changes[name] = this.#changes[name]?.add(change) ?? change.copy();
  }

  forward(x: NDArray): NDArray {
    const changes = prefixed(this.#changes, "p.");
    this.#changes = {};
    return only(this.#request("forward", { x, ...changes }));
  }

  backward(dy: NDArray): NDArray {
    const { dx, again, ...rest } = this.#request("backward", { dy });
    const kept = (old: NDArray | null | undefined, values: NDArray): NDArray =>
      again && old ? old.copyFrom(values) : values;
    for (const [name, gradient] of Object.entries(named(rest, "g.")))
      this.gradients[name] = kept(this.gradients[name], gradient);
    this.#dx = kept(this.#dx, dx as NDArray);
    return this.#dx;
  }
}

/**
 * The grader's side: what it replies while a submission tests this layer.
 * A reply throws RangeError for a call that does not fit the layer, and after too many of them.
 */
export function repliesOf(
  layer: LayerUnderTest,
  most: number = mostRequestsPerLayer,
): Readonly<Record<string, (inputs: Arrays) => Arrays>> {
  let left = most;
  let last: NDArray | null = null;
  const counted =
    (reply: (inputs: Arrays) => Arrays) =>
    (inputs: Arrays): Arrays => {
      left -= 1;
      if (left < 0) throw new RangeError(`a test may call one layer ${most} times`);
      return reply(inputs);
    };
  return {
    open: counted(() => ({
      shape: numbers(layer.inputShape),
      ...prefixed(layer.parameters, "p."),
    })),
    forward: counted(({ x, ...changes }) => {
      for (const [name, change] of Object.entries(named(changes, "p."))) layer.perturb(name, change);
      return { y: layer.forward(expectGiven("forward: x", x)) };
    }),
    backward: counted(({ dy }) => {
      const dx = layer.backward(expectGiven("backward: dy", dy));
      const again: Arrays = dx === last ? { again: array(1) } : {}; // the layer has written into its old arrays
      last = dx;
      return { dx, ...again, ...prefixed(layer.gradients, "g.") };
    }),
  };
}

function expectGiven(what: string, x: NDArray | undefined): NDArray {
  if (!x) throw new ShapeError(`${what} is missing, expected an NDArray`);
  return x;
}

function numbers(values: readonly number[]): NDArray {
  return array([...values]);
}

function only(arrays: Arrays): NDArray {
  return Object.values(arrays)[0] as NDArray;
}

function prefixed(arrays: Arrays, prefix: string): Arrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, x]) => [prefix + name, x]));
}

function named(arrays: Arrays, prefix: string): Record<string, NDArray> {
  return Object.fromEntries(Object.entries(arrays).map(([name, x]) => [name.slice(prefix.length), x]));
}
