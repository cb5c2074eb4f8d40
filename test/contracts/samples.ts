/** Values that fit an argument, and values that do not, made from its contract alone. */
import * as autograd from "chalk-and-tape/autograd";
import type { AnyArgument } from "chalk-and-tape/contracts";
import { moons, RandomHorizontalFlip } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, NDArray, random } from "chalk-and-tape/np";
import { LRScheduler } from "chalk-and-tape/training";

export type SideName = "chalk" | "tape";

const stream = () => random(7);

/** A value that an argument takes. */
export function fitting(side: SideName, name: string, { type, bounds, choices }: AnyArgument): unknown {
  if (name === "transform") return new RandomHorizontalFlip();
  if (name === "dataset") return moons({ n: 10, rng: stream() });
  if (name === "optimizer") return { groups: [{ lr: 1, momentum: 0.9 }] };
  if (name === "milestones") return [2, 4];
  if (name === "transforms") return [new RandomHorizontalFlip()];
  if (name === "mean" || name === "std") return [0.5];
  if (name === "lrLambda") return (epoch: number) => 1 / (1 + epoch);
  const layer = () => (side === "chalk" ? new manual.ReLU() : new autograd.ReLU());
  if (name === "layers") return [layer(), layer()];
  if (type === "layer") return layer();
  if (type === "parameters") {
    const rng = stream();
    if (side === "chalk") {
      const parameters = new manual.Linear(2, 2, { rng }).parameters();
      for (const p of parameters) p.gradient = p.value;
      return parameters;
    }
    const parameters = new autograd.Linear(2, 2, { rng }).parameters();
    for (const p of parameters) p.grad = autograd.tensor(p.data);
    return parameters;
  }
  if (type === "rng") return stream();
  if (type === "array") return array([[[[1, 2, 3], [4, 5, 6]]]]); // biome-ignore format: an image
  if (type === "choice" || type === "dtype") return choices?.[0];
  if (type === "boolean") return true;
  return Math.max(2, (bounds?.least ?? 0) + 1);
}

/** Another value than the default that an option takes; with what it needs beside it. */
export function other(side: SideName, name: string, argument: AnyArgument): Record<string, unknown> {
  const { type, bounds, choices, default: initial } = argument;
  const value = (): unknown => {
    if (type === "boolean") return !initial;
    if (type === "choice" || type === "dtype") return choices?.find((one) => one !== initial);
    if (name === "seed" || name === "rng") return name === "seed" ? 3 : random(8);
    if (name === "paddingIdx") return 1;
    if (name === "hue") return 0.25;
    if (name === "ranks") return { rank: 1, size: 2 };
    if (name === "totalSteps" || name === "divFactor" || name === "finalDivFactor") return 12;
    if (name === "startDim") return 0;
    if (name === "ignoreIndex" || name === "endDim") return -2;
    if (name === "betas") return [0.5, 0.6];
    if (name === "etas" || name === "stepSizes") return [0.25, 2];
    if (name === "sizes") return [6, 4, 3, 2];
    if (name === "channels") return [3, 4];
    if (name === "outputPadding") return 1;
    if (type === "integer") return typeof initial === "number" ? initial + 1 : 3;
    if (type === "pair") return initial === 1 ? 2 : 1;
    if (type === "number") return bounds?.most === undefined ? 0.75 : bounds.most - 0.25;
    return fitting(side, name, argument);
  };
  const needed: Readonly<Record<string, object>> = {
    nesterov: { momentum: 0.9 },
    outputPadding: { stride: 2 },
    seed: { shuffle: true, rng: null },
    shortcut: { stride: 2 },
    rng: name === "rng" && "nullable" in argument ? { shuffle: true } : {},
    dropLast: { batchSize: 3 },
  };
  return { ...needed[name], [name]: value() };
}

/** A value outside the range of a number, or a word that is not known; none where every value of the type fits. */
export function outside({ bounds, choices, type, default: initial }: AnyArgument): unknown {
  if (type === "number" || type === "integer" || type === "pair" || type === "list") {
    if (type === "pair" && Array.isArray(initial)) return [-1, 0.5];
    if (bounds?.least !== undefined) return bounds.least - 1;
    if (bounds?.above !== undefined) return bounds.above;
    return type === "integer" ? 0.5 : undefined;
  }
  if (choices) return typeof choices[0] === "string" ? "nonsense" : 1e6;
  return undefined;
}

/** What is to be seen of an object from outside: its fields, arrays as numbers. */
export function visible(x: unknown, depth: number = 0): unknown {
  if (x instanceof NDArray)
    return { dtype: x.dtype, shape: x.shape, first: [...x.flat().slice(0, 9)], sum: x.sum().item() };
  if (typeof x !== "object" || x === null || depth > 8) return typeof x === "function" ? "a function" : x;
  if (Array.isArray(x)) return x.map((one) => visible(one, depth + 1));
  if (x instanceof LRScheduler) return [0, 1, 2, 3, 4, 5, 9].map((epoch) => x.valuesAt(epoch, 0));
  const { state } = x as { readonly state?: unknown };
  const fields = Object.entries(x).map(([key, value]) => [key, visible(value, depth + 1)]);
  return {
    class: x.constructor.name,
    state: Array.isArray(state) ? state : null,
    ...Object.fromEntries(fields),
  };
}
