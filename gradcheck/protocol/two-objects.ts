import { namesakes } from "../properties.ts";
import { backward, draw, forward } from "./run.ts";
import type { Habit } from "./specimen.ts";

const wrong =
  "two objects of the class disturb each other: keep what forward remembers in fields of the object, this.x, not in a static field or a variable outside the class";

/** Forward a, forward b, backward b, backward a: the same as each alone. */
export const twoObjects: Habit = (specimen) => {
  const { title, make, draws } = specimen;
  const dy = draw(specimen);
  const alone = make();
  forward(alone, draws[0]);
  const expected = backward(specimen, alone, dy);
  const [a, b] = [make(), make()];
  forward(a, draws[0]);
  forward(b, draws[1]);
  backward(specimen, b, draw(specimen));
  return namesakes(title, "two objects", backward(specimen, a, dy), expected, 1e-12, wrong);
};
