import { type Module, Tensor } from "../../autograd/index.ts";
import { generatorsOf, ownLayer, type Subject } from "../../gradcheck/internal.ts";
import type { Layer } from "../../manual/index.ts";
import type { NDArray } from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import { inputNames } from "./inputs.ts";

/** A layer or loss with any number of inputs; its backward returns dx, a list of gradients, or null. */
export type AnyLayer = Layer<readonly NDArray[], NDArray | readonly NDArray[] | null>;
/** A module or loss of one or more tensors, then any number of constants. */
export type AnyModule = Module<readonly [x: Tensor, ...others: (Tensor | NDArray)[]]>;

/** dy, or by default the 1 of a scalar loss. */
function upstream(y: NDArray, dy: NDArray | null): NDArray {
  return dy ?? y.mul(0).add(1);
}

/** Chalk's side: forward, then backward by hand, with the same random numbers in every evaluation. */
export function chalk(layer: AnyLayer): Subject {
  return ownLayer(layer, inputNames);
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
