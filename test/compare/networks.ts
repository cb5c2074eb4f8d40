import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, random } from "chalk-and-tape/np";
import type { AnyLayer, AnyModule } from "#internal/compare";

/** Twins with equal weights, the paths of their parts in the order of forward, and a dy. */
export interface Twins {
  readonly left: manual.Layer;
  readonly right: autograd.Module;
  readonly parts: readonly string[];
  readonly x: (seed: number) => NDArray;
  readonly y: readonly number[];
}

export const networks: Readonly<Record<string, (seed: number) => Twins>> = {
  Sequential: (seed) => {
    const [a, b] = [random(seed), random(seed)];
    return {
      left: new manual.Sequential(
        new manual.Linear(4, 3, { rng: a }),
        new manual.Tanh(),
        new manual.Linear(3, 5, { rng: a }),
        new manual.Sigmoid(),
        new manual.Linear(5, 2, { rng: a }),
      ),
      right: new autograd.Sequential(
        new autograd.Linear(4, 3, { rng: b }),
        new autograd.Tanh(),
        new autograd.Linear(3, 5, { rng: b }),
        new autograd.Sigmoid(),
        new autograd.Linear(5, 2, { rng: b }),
      ),
      parts: [0, 1, 2, 3, 4].map((i) => `layers[${i}]`),
      x: (other) => random(seed + 1000 * other).normal(0, 1, [6, 4]),
      y: [6, 2],
    };
  },
  MlpClassifier: (seed) => ({
    left: new manual.MlpClassifier({ rng: random(seed) }),
    right: new autograd.MlpClassifier({ rng: random(seed) }),
    parts: ["layer1", "relu1", "layer2", "relu2", "layer3", "relu3", "layer4"],
    x: (other) => random(seed + 1000 * other).normal(0, 1, [6, 2]),
    y: [6, 1],
  }),
  Mlp: (seed) => ({
    left: new manual.Mlp({ rng: random(seed) }),
    right: new autograd.Mlp({ rng: random(seed) }),
    parts: ["flatten", "layer1", "relu1", "layer2", "relu2", "layer3"],
    x: (other) => random(seed + 1000 * other).uniform(0, 1, [3, 28, 28]),
    y: [3, 10],
  }),
};

/** Gives one part of a network another backward or forward, as a subclass would: on the prototype, not as a field. */
export function spoil(
  network: object,
  path: string,
  method: "forward" | "backward",
  change: (right: (x: NDArray) => NDArray, part: manual.Layer) => (x: NDArray) => unknown,
): void {
  const part = partAt(network, path);
  const right = Object.getPrototypeOf(part)[method] as (x: NDArray) => NDArray;
  const prototype = Object.create(Object.getPrototypeOf(part));
  Object.setPrototypeOf(part, prototype);
  prototype[method] = change(right.bind(part), part);
}

export function partAt(network: object, path: string): manual.Layer {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  return keys.reduce(
    (owner, key) => (owner as Record<string, object>)[key] as object,
    network,
  ) as manual.Layer;
}

export function asAny({ left, right }: Twins): { left: AnyLayer; right: AnyModule } {
  return { left: left as AnyLayer, right: right as unknown as AnyModule };
}
