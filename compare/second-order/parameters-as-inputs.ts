import { Module, Tensor, type TensorFunction } from "../../autograd/index.ts";
import { fields } from "../../contracts/internal.ts";
import { generatorsOf } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
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
    const places = [...fields(module, isModule)].filter(
      ({ value }) => value instanceof Tensor && value.requiresGrad,
    );
    const xs = all.slice(0, all.length - places.length) as [Tensor, ...Tensor[]];
    const parameters = all.slice(xs.length);
    const put = ({ owner, key }: (typeof places)[number], value: unknown): unknown =>
      Object.assign(owner, { [key]: value });
    for (const [i, place] of places.entries()) put(place, parameters[i]);
    generators.restart();
    try {
      return module.forward(...xs, ...constants);
    } finally {
      for (const place of places) put(place, place.value);
    }
  };
}
