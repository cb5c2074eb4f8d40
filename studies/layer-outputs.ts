import { type Module, noGrad, Tensor } from "../autograd/index.ts";
import type { NDArray } from "../np/index.ts";
import { expectArgument, having, ndarray } from "../np/internal.ts";

/**
 * What each part of a model gives for x, by the parts' names in the order in which they ran:
 * `layer1`, `relu1`, `layer2`, …. No tape is recorded.
 * Shapes: those of the parts.
 * @example
 * const model = new DeepMlp({ sizes: [2, 3, 1], rng: random(0) });
 * Object.keys(layerOutputs(model, zeros([4, 2]))) // ["flatten", "layer1", "relu1", "layer2"]
 */
export function layerOutputs(model: Module, x: NDArray): Readonly<Record<string, NDArray>> {
  expectArgument(
    "layerOutputs",
    "model",
    having<Module>("a module of the tape", "forward", "namedChildren"),
    model,
  );
  expectArgument("layerOutputs", "x", ndarray, x);
  const found: Record<string, NDArray> = {};
  const hooks = model.namedChildren().map(([name, part]) =>
    part.registerForwardHook((_, __, output) => {
      if (output instanceof Tensor) found[name] = output.data;
      return undefined;
    }),
  );
  try {
    noGrad(() => model.forward(new Tensor(x)));
  } finally {
    for (const hook of hooks) hook.remove();
  }
  return found;
}
