import { NDArray } from "../../np/index.ts";
import { namesakes } from "../properties.ts";
import { ownArrays } from "../structure/own-parameters.ts";
import { backward, draw } from "./run.ts";
import type { Habit, Named } from "./specimen.ts";

const kept =
  "a gradient or a statistic changes when the caller later overwrites x or dy: it is the caller's array itself; compute a new one, or .copy()";
const written =
  "a later forward or backward writes into an x or dy of an earlier one: leave the caller's arrays alone";

/** After backward has returned, the caller's x and dy and the layer's gradients go separate ways. */
export const callersArrays: Habit = (specimen) => {
  const { title, make, draws, parametersOf, rng } = specimen;
  const layer = make();
  const parameters = parametersOf(layer);
  const [inputs, dy] = [draws[0].map((x) => x.copy()), draw(specimen)];
  layer.forward(...inputs);
  layer.backward(dy);
  const callers = new Map<string, NDArray>([...inputs.entries()].map(([i, x]) => [`input ${i}`, x])).set(
    "dy",
    dy,
  );
  const before = new Map([...callers].map(([name, x]) => [name, x.copy()]));
  const state = (): Named => {
    const gradients = parameters.map((p) => [`the gradient of ${p.name}`, p.gradient()] as const);
    const arrays = gradients.flatMap(([name, g]): [string, NDArray][] =>
      g instanceof NDArray ? [[name, g]] : [],
    );
    const remembered = new Set<unknown>([...inputs, dy]);
    const others = [...ownArrays(layer)].filter(
      ([, value]) => !remembered.has(value) && !sharesMemory(value, [...inputs, dy]),
    );
    return new Map([...arrays, ...others].map(([name, value]) => [name, value.copy()]));
  };
  const own = state();
  for (const x of [...inputs, dy]) if (x.dtype === "float64") x.copyFrom(rng.normal(0, 1, x.shape));
  const row = namesakes(title, "the caller's arrays", own, state(), 0, kept);
  if (row.verdict !== "agree") return row;
  for (const [name, x] of callers) x.copyFrom(before.get(name) as NDArray);
  layer.forward(...draws[1].map((x) => x.copy()));
  backward(specimen, layer, draw(specimen));
  return namesakes(title, "the caller's arrays", callers, before, 0, written);
};

/** Whether an array is a view of an input or of dy, as what forward or backward remembers may be. */
function sharesMemory(value: NDArray, callers: readonly NDArray[]): boolean {
  return callers.some((x) => x.data === value.data);
}
