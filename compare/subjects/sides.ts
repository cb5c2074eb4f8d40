import { type Module, Tensor } from "../../autograd/index.ts";
import type { Subject } from "../../gradcheck/internal.ts";
import type { Layer } from "../../manual/index.ts";
import { NDArray } from "../../np/index.ts";
import { describe, isFloat } from "../../np/internal.ts";
import { generatorsOf } from "./generators.ts";
import { inputNames } from "./inputs.ts";

/** A layer or loss of any number of inputs; its backward returns dx, one gradient for each of several, or none. */
export type AnyLayer = Layer<readonly NDArray[], NDArray | readonly NDArray[] | null>;
/** A module or loss of one or more tensors, then any number of constants. */
export type AnyModule = Module<readonly [x: Tensor, ...others: (Tensor | NDArray)[]]>;

/** The dy of a scalar loss that nobody chose: 1. */
function upstream(y: NDArray, dy: NDArray | null): NDArray {
  return dy ?? y.mul(0).add(1);
}

/** A student's class may return anything; what is no array is said to be none before something far away stumbles over it. */
function expectNDArray(layer: AnyLayer, what: string, value: unknown): void {
  if (value instanceof NDArray) return;
  const remedy =
    value instanceof Tensor
      ? "chalk computes with NDArrays"
      : "return an NDArray; mean() and sum() are ones without .item()";
  throw new TypeError(
    `${layer.constructor.name}.${what} is ${describe(value)}, expected an NDArray: ${remedy}`,
  );
}

/** What backward returned, by name: dx is that of x, and of [dx, dx2] the second is that of x2. Nothing is left out. */
export function returned(layer: AnyLayer, dx: unknown): [name: string, gradient: NDArray][] {
  const several = Array.isArray(dx) && dx.some((one) => one instanceof NDArray) ? (dx as unknown[]) : [dx];
  if (several.length > inputNames.length)
    throw new TypeError(
      `${layer.constructor.name}.backward returned ${several.length} gradients; expected at most one for each of ${inputNames.join(", ")}`,
    );
  const named = several.map((gradient, i) => [inputNames[i], gradient] as [string, NDArray]);
  return named.filter(([, gradient]) => gradient !== null && gradient !== undefined);
}

/** Chalk: forward, then backward by hand. Every evaluation draws the same random numbers, from where the generators stand now. */
export function chalk(layer: AnyLayer): Subject {
  if (typeof layer.parameters !== "function")
    throw new TypeError(`${layer.constructor.name} has no parameters(): a class for chalk extends Layer`);
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
      // No zeroGrad: backward assigns. One that adds to what is there gives other numbers the second time.
      const y = this.forward(...inputs);
      const dx = layer.backward(upstream(y, dy));
      for (const { name, value } of layer.parameters()) {
        if (value === parameters.get(name)) continue;
        throw new TypeError(
          `${layer.constructor.name}: forward or backward put another array in the place of ${name}; leave parameters as they are, the optimizer changes them`,
        );
      }
      const found = new Map(layer.parameters().flatMap((p) => (p.gradient ? [[p.name, p.gradient]] : [])));
      for (const [name, gradient] of returned(layer, dx)) found.set(name, gradient);
      for (const [name, gradient] of found)
        expectNDArray(layer, `backward: the gradient of ${name}`, gradient);
      // Copies: backward may write into the same memory every time.
      const gradients = new Map([...found].map(([name, gradient]) => [name, gradient.copy()]));
      return { y, gradients };
    },
  };
}

/**
 * Tape: forward, then backward by the tape; random numbers as in chalk. So many inputs, from the first on, are tensors that require a
 * gradient; the others are constants.
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

/** Inputs as a module takes them: tensors, of which those of integers have no gradient, then constants. */
export function onTape(
  inputs: readonly NDArray[],
  differentiable: number,
  requiresGrad: boolean = true,
): { xs: readonly [Tensor, ...Tensor[]]; constants: readonly NDArray[] } {
  const xs = inputs.slice(0, differentiable).map((x) => new Tensor(x, requiresGrad && isFloat(x.dtype)));
  return { xs: xs as [Tensor, ...Tensor[]], constants: inputs.slice(differentiable) };
}
