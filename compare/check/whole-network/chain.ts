import { partsIn } from "../../../contracts/internal.ts";
import { Layer } from "../../../manual/index.ts";
import type { NDArray } from "../../../np/index.ts";
import type { AnyLayer } from "../../subjects/sides.ts";

/** One layer of a chain, with its input and output in one forward. */
export interface Stage {
  readonly layer: Layer;
  readonly x: NDArray;
  readonly y: NDArray;
}

/** The innermost layers in the order in which forward calls them; null unless each passes its y to the next. */
export function chain(network: AnyLayer, x: NDArray): Stage[] | null {
  const stages: Stage[] = [];
  const leaves = innermost(network);
  for (const layer of leaves) {
    const forward = layer.forward.bind(layer);
    layer.forward = (input: NDArray) => {
      const y = forward(input);
      stages.push({ layer, x: input, y });
      return y;
    };
  }
  let y: NDArray;
  try {
    y = network.forward(x);
  } finally {
    for (const layer of leaves) Reflect.deleteProperty(layer, "forward");
  }
  const linked = stages.every((stage, i) => stage.x === (stages[i - 1]?.y ?? x));
  return linked && stages.at(-1)?.y === y && stages.length === leaves.length ? stages : null;
}

/** The innermost layers of a network; for a layer without parts, the layer itself. */
function innermost(layer: object): Layer[] {
  const parts = partsIn(layer, (value) => value instanceof Layer);
  if (parts.length > 0) return parts.flatMap(({ part }) => innermost(part));
  return layer instanceof Layer ? [layer] : [];
}
