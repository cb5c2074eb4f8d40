import { NDArray } from "../../np/index.ts";
import { noDistance } from "../agreement.ts";
import { namesakes, propertyRow } from "../properties.ts";
import type { LayerLike } from "../structure/own-layer.ts";
import { backward, draw, forward } from "./run.ts";
import type { Habit, Named, Specimen } from "./specimen.ts";

const wrong =
  "two objects of the class disturb each other: keep what forward remembers in fields of the object, this.x, not in a static field or a variable outside the class";
const sameGradient =
  "two objects of the class write their gradients into the same array: make one for each object, or a new one in every backward";

/** Forward a, forward b, backward b, backward a: the same as each alone. No parameter or gradient belongs to both. */
export const twoObjects: Habit = (specimen) => {
  const { title, make, draws, parametersOf } = specimen;
  const quantity = "two objects";
  const dy = draw(specimen);
  const alone = make();
  forward(alone, draws[0]);
  const expected = backward(specimen, alone, dy);
  const [a, b] = [make(), make()];
  const ofB = new Set(parametersOf(b).map(({ value }) => value));
  const both = parametersOf(a).find(({ value }) => ofB.has(value));
  if (both) {
    const diagnosis = `two objects of the class have the same array as ${both.name}: make a new one in the constructor`;
    return propertyRow(title, quantity, noDistance, both.value.shape, diagnosis);
  }
  forward(a, draws[0]);
  forward(b, draws[1]);
  backward(specimen, b, draw(specimen));
  const row = namesakes(title, quantity, backward(specimen, a, dy), expected, 1e-12, wrong);
  if (row.verdict !== "agree") return row;
  backward(specimen, b, draw(specimen));
  return namesakes(title, quantity, assigned(specimen, a, expected), expected, 1e-12, sameGradient);
};

/** The gradients in the fields of an object, as they are now; of those that `expected` has. */
function assigned({ parametersOf }: Specimen, layer: LayerLike, expected: Named): Named {
  return new Map(
    parametersOf(layer).flatMap((p): [string, NDArray][] => {
      const gradient = p.gradient();
      return gradient instanceof NDArray && expected.has(p.name) ? [[p.name, gradient]] : [];
    }),
  );
}
