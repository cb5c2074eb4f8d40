import { namesakes } from "../properties.ts";
import { backward, draw, forward } from "./run.ts";
import type { Habit } from "./specimen.ts";

const wrong =
  "a second backward after one forward gives other gradients than the first would have given for the same dy: backward must not change or forget what forward remembered";

/** backward(dy₁), then backward(dy₂) after one forward: the second is what it would be alone. */
export const secondBackward: Habit = (specimen) => {
  const { title, make, draws } = specimen;
  const [dy1, dy2] = [draw(specimen), draw(specimen)];
  const [twice, once] = [make(), make()];
  forward(twice, draws[0]);
  backward(specimen, twice, dy1);
  forward(once, draws[0]);
  const [found, expected] = [backward(specimen, twice, dy2), backward(specimen, once, dy2)];
  return namesakes(title, "a second backward", found, expected, 1e-12, wrong);
};
