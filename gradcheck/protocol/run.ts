import { NDArray } from "../../np/index.ts";
import { type LayerLike, returnedGradients } from "../structure/own-layer.ts";
import type { Specimen } from "./specimen.ts";

/** Forward on copies of inputs. */
export function forward(layer: LayerLike, inputs: readonly NDArray[]): NDArray {
  return layer.forward(...inputs.map((x) => x.copy())) as NDArray;
}

/** Backward alone, and copies of all gradients by name. More arguments are options, such as `{ input: false }`. */
export function backward(
  { names, parametersOf }: Specimen,
  layer: LayerLike,
  dy: NDArray,
  ...options: readonly object[]
): Map<string, NDArray> {
  const parameters = parametersOf(layer);
  const returned = (layer.backward as (...given: readonly unknown[]) => unknown).call(layer, dy, ...options);
  const found: (readonly [string, unknown])[] = [
    ...parameters.map((p) => [p.name, p.gradient()] as const),
    ...returnedGradients("backward", returned, names, parameters),
  ];
  return new Map(
    found.flatMap(([name, gradient]): [string, NDArray][] =>
      gradient instanceof NDArray ? [[name, gradient.copy()]] : [],
    ),
  );
}

/** A random dy of the shape of y. */
export function draw({ rng, shape }: Specimen): NDArray {
  return rng.normal(0, 1, shape);
}
