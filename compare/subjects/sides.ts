import { type Module, Tensor } from "../../autograd/index.ts";
import type { Subject } from "../../gradcheck/internal.ts";
import type { Layer } from "../../manual/index.ts";
import { NDArray } from "../../np/index.ts";
import { describe, isFloat } from "../../np/internal.ts";
import { generatorsOf } from "./generators.ts";
import { inputNames } from "./inputs.ts";

/** A layer or loss with any number of inputs; its backward returns dx, a list of gradients, or null. */
export type AnyLayer = Layer<readonly NDArray[], NDArray | readonly NDArray[] | null>;
/** A module or loss of one or more tensors, then any number of constants. */
export type AnyModule = Module<readonly [x: Tensor, ...others: (Tensor | NDArray)[]]>;

/** dy, or by default the 1 of a scalar loss. */
function upstream(y: NDArray, dy: NDArray | null): NDArray {
  return dy ?? y.mul(0).add(1);
}

/** Throws unless a student's class returned an NDArray, before the wrong value causes an unclear error elsewhere. */
function expectNDArray(layer: AnyLayer, what: string, value: unknown): void {
  if (value instanceof NDArray) return;
  const remedy =
    value instanceof Tensor
      ? "chalk computes with NDArrays"
      : "return an NDArray; mean() and sum() already give one, so leave out .item()";
  throw new TypeError(
    `${layer.constructor.name}.${what} is ${describe(value)}, expected an NDArray: ${remedy}`,
  );
}

/** The gradients that backward returned, by input: dx belongs to x, dx2 of [dx, dx2] to x2. Missing ones are left out. */
export function returned(layer: AnyLayer, dx: unknown): [name: string, gradient: NDArray][] {
  const several = Array.isArray(dx) && dx.some((one) => one instanceof NDArray) ? (dx as unknown[]) : [dx];
  if (several.length > inputNames.length)
    throw new TypeError(
      `${layer.constructor.name}.backward returned ${several.length} gradients; expected at most one for each of ${inputNames.join(", ")}`,
    );
  const named = several.map((gradient, i) => [inputNames[i], gradient] as [string, NDArray]);
  return named.filter(([, gradient]) => gradient !== null && gradient !== undefined);
}

/** Chalk's side: forward, then backward by hand. Every evaluation draws the same random numbers, from the generators' current state. */
export function chalk(layer: AnyLayer): Subject {
  if (typeof layer.parameters !== "function")
    throw new TypeError(
      `${layer.constructor.name} has no parameters(): a class in place of chalk's must extend Layer`,
    );
  const parameters = new Map(layer.parameters().map((p) => [p.name, p.value]));
  const generators = generatorsOf(layer);
  return {
    parameters,
    forward(...inputs) {
      generators.restart();
      const y = layer.forward(...inputs);
      expectNDArray(layer, "forward(…)", y);
      return y;
    },
    gradients(dy, ...inputs) {
      // No zeroGrad: backward must assign, and one that accumulates gives other numbers the second time.
      const y = this.forward(...inputs);
      const dx = layer.backward(upstream(y, dy));
      for (const { name, value } of layer.parameters()) {
        if (value === parameters.get(name)) continue;
        throw new TypeError(
          `${layer.constructor.name}: forward or backward replaced the array of ${name}; leave parameters alone, only the optimizer changes them`,
        );
      }
      const found = new Map(layer.parameters().flatMap((p) => (p.gradient ? [[p.name, p.gradient]] : [])));
      for (const [name, gradient] of returned(layer, dx)) found.set(name, gradient);
      for (const [name, gradient] of found)
        expectNDArray(layer, `backward: the gradient of ${name}`, gradient);
      // Copies, because backward may write into the same memory every time.
      const gradients = new Map([...found].map(([name, gradient]) => [name, gradient.copy()]));
      return { y, gradients };
    },
  };
}

/**
 * The tape's side: forward, then backward by the tape, with random numbers as on chalk's side. The
 * first `differentiable` inputs are tensors that require a gradient; the others are constants.
 */
export function tape(module: AnyModule, differentiable: number = 1): Subject {
  const generators = generatorsOf(module);
  return {
    parameters: new Map(module.namedParameters().map(([name, p]) => [name, p.data])),
    forward: (...inputs) => {
      const { xs, constants } = onTape(inputs, differentiable, false);
      generators.restart();
      return module.forward(...xs, ...constants).data;
    },
    gradients(dy, ...inputs) {
      const { xs, constants } = onTape(inputs, differentiable);
      module.zeroGrad();
      generators.restart();
      const y = module.forward(...xs, ...constants);
      y.backward(upstream(y.data, dy));
      const named = module
        .namedParameters()
        .flatMap(([name, p]): [string, NDArray][] => (p.grad ? [[name, p.grad.data]] : []));
      const gradients = new Map(named);
      for (const [i, { grad }] of xs.entries()) if (grad) gradients.set(inputNames[i] as string, grad.data);
      return { y: y.data, gradients };
    },
  };
}

/** Converts inputs for a module: the first ones to tensors, which have no gradient if they are integers; the rest are constants. */
export function onTape(
  inputs: readonly NDArray[],
  differentiable: number,
  requiresGrad: boolean = true,
): { xs: readonly [Tensor, ...Tensor[]]; constants: readonly NDArray[] } {
  const xs = inputs.slice(0, differentiable).map((x) => new Tensor(x, requiresGrad && isFloat(x.dtype)));
  return { xs: xs as [Tensor, ...Tensor[]], constants: inputs.slice(differentiable) };
}
