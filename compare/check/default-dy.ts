import type { CheckRow } from "../../gradcheck/index.ts";
import {
  isScalarLoss,
  namesakes,
  noDistance,
  propertyRow,
  returnedGradients,
} from "../../gradcheck/internal.ts";
import { array, NDArray } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import { inputNames } from "../subjects/inputs.ts";
import type { AnyLayer } from "../subjects/sides.ts";

const quantity = "backward() is backward(1)";
const wrong =
  "training calls a loss's backward() without dy, and dy may also be a number: give it a default, backward(dy: NDArray | number = 1)";

/** Checks that a scalar loss takes dy as 1 by default, and that dy may be a number. `layer` must be a new object. */
export function checkDefaultDy(title: string, layer: AnyLayer, inputs: readonly NDArray[]): CheckRow {
  const of = (...dy: readonly unknown[]): Map<string, NDArray> => {
    layer.forward(...inputs);
    const dx = (layer.backward as (...dy: readonly unknown[]) => unknown).call(layer, ...dy);
    const named = returnedGradients(layer.constructor.name, dx, inputNames, []);
    const arrays = named.flatMap(([name, gradient]): [string, NDArray][] =>
      gradient instanceof NDArray ? [[name, gradient.copy()]] : [],
    );
    if (arrays.length === 0 || arrays.length < named.length)
      throw new TypeError(`backward(${dy.join("")}) returned ${describe(dx)}`);
    return new Map(arrays);
  };
  try {
    const { dtype } = inputs[0] as NDArray;
    const one = of(array(1, { dtype: dtype === "float32" ? dtype : "float64" }));
    const none = namesakes(title, quantity, of(), one, 0, wrong);
    if (none.verdict !== "agree" || isScalarLoss(layer, array(1))) return none;
    const twice = new Map([...one].map(([name, dx]) => [name, dx.mul(2)]));
    return namesakes(title, quantity, of(2), twice, 1e-12, wrong);
  } catch (error) {
    return propertyRow(title, quantity, noDistance, [], `${wrong} (${error})`);
  }
}
