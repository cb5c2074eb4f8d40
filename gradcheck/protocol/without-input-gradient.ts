import { namesakes } from "../properties.ts";
import { backward, draw, forward } from "./run.ts";
import type { Habit, Named } from "./specimen.ts";

const wrong =
  "backward(dy, { input: false }), which the training loop calls for the first layer, gives other parameter gradients than backward(dy): the option may only leave out dx";

/** With and without `{ input: false }` the parameters have the same gradients. */
export const withoutInputGradient: Habit = (specimen) => {
  const { title, make, draws, names, parametersOf } = specimen;
  const [all, some] = [make(), make()];
  if (parametersOf(all).length === 0) return null;
  const dy = draw(specimen);
  forward(all, draws[0]);
  forward(some, draws[0]);
  const ofParameters = (gradients: Named): Named =>
    new Map([...gradients].filter(([name]) => !names.includes(name)));
  const [expected, found] = [backward(specimen, all, dy), backward(specimen, some, dy, { input: false })];
  return namesakes(title, "backward without dx", ofParameters(expected), ofParameters(found), 1e-12, wrong);
};
