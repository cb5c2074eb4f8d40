import { Module, type Tensor, type TensorFunction } from "../../autograd/index.ts";
import { fields } from "../../contracts/internal.ts";
import { generatorsOf } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { place } from "../../np/internal.ts";
import type { AnyModule } from "../subjects/sides.ts";

/**
 * Returns a module as a function of its inputs followed by its parameters, in the order of
 * `namedParameters`. During the call the module's fields hold the given tensors.
 * @see PyTorch's `torch.func.functional_call`
 */
export function parametersAsInputs(
  module: AnyModule,
  ...constants: readonly (Tensor | NDArray)[]
): TensorFunction {
  const generators = generatorsOf(module);
  return (...all) => {
    const isModule = (value: unknown): value is AnyModule => value instanceof Module;
    const named = new Set(module.namedParameters().map(([name]) => name));
    const places = [...fields(module, isModule)].filter(({ name }) => named.has(name));
    const xs = all.slice(0, all.length - places.length) as [Tensor, ...Tensor[]];
    const parameters = all.slice(xs.length);
    const put = ({ owner, key, keys }: (typeof places)[number], value: unknown): void =>
      place(owner, [key, ...keys], value);
    for (const [i, one] of places.entries()) put(one, parameters[i]);
    generators.restart();
    try {
      return module.forward(...xs, ...constants);
    } finally {
      for (const one of places) put(one, one.value);
    }
  };
}
