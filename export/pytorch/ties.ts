import { placesIn } from "../trace/places.ts";
import type { AnyNetwork } from "../trace/traced.ts";

/** Two places of a network that hold the same layer or the same array. */
export interface Tie {
  /** The place that the state dict lists first, and the other. */
  readonly first: string;
  readonly second: string;
  readonly what: "layer" | "array";
}

/** Every layer with parameters, and every array, that a network holds in two places. */
export function tiesIn(model: AnyNetwork): Tie[] {
  const layers = new Map<AnyNetwork, string>();
  const ties: Tie[] = [];
  const isTied = (name: string): boolean =>
    ties.some(({ second, what }) => what === "layer" && name.startsWith(`${second}.`));
  for (const { name, part } of placesIn(model)) {
    if (isTied(name) || Object.keys(part.stateDict()).length === 0) continue;
    const first = layers.get(part);
    if (first === undefined) layers.set(part, name);
    else ties.push({ first, second: name, what: "layer" });
  }
  const arrays = new Map<unknown, string>();
  for (const [key, array] of Object.entries(model.stateDict())) {
    if (isTied(key)) continue;
    const first = arrays.get(array);
    if (first === undefined) arrays.set(array, key);
    else ties.push({ first, second: key, what: "array" });
  }
  return ties;
}

/** A line for each tie, `model.decoder.weight = model.encoder.weight`; `access` is how a part is reached. */
export function tieLines(model: AnyNetwork, access: (name: string) => string): string[] {
  const names = placesIn(model).map(({ name }) => name);
  const reach = (key: string): string => {
    if (names.includes(key)) return access(key);
    const dot = key.lastIndexOf(".");
    return `${access(key.slice(0, Math.max(0, dot)))}.${key.slice(dot + 1)}`;
  };
  return tiesIn(model).map(({ first, second, what }) => {
    const [to, from] = [reach(second), reach(first)];
    const [, owner, key] = /^(.*)\.get_submodule\((.*)\)$/.exec(to) ?? [];
    const line = owner ? `${owner}.add_module(${key}, ${from})` : `${to} = ${from}`;
    return `    ${line}  # one ${what} in two places`;
  });
}
