import { Module } from "../../autograd/index.ts";
import { partsIn, torchKey } from "../../contracts/internal.ts";
import { Layer } from "../../manual/index.ts";
import type { AnyNetwork } from "./traced.ts";

/** A part of a network and its place there, `layer1.0.conv1`. A part in two places is named twice. */
export interface Place {
  readonly name: string;
  readonly part: AnyNetwork;
}

export function isNetwork(value: unknown): value is AnyNetwork {
  return value instanceof Layer || value instanceof Module;
}

/** The parts in a network's own fields, with the names of their keys in its state dict: `layer1`, `layers.0`. */
export function childrenOf(network: AnyNetwork): Place[] {
  const unnamed = "unnamedList" in network ? network.unnamedList : null;
  return partsIn(network, isNetwork).map(({ key, path, part }) => ({
    name: [...(key === unnamed ? [] : [torchKey(key)]), ...path].join("."),
    part,
  }));
}

/** All parts of a network in all their places, each before its own parts; without the network itself. */
export function placesIn(network: AnyNetwork, prefix: string = "", around: readonly unknown[] = []): Place[] {
  const inside = [...around, network];
  return childrenOf(network)
    .filter(({ part }) => !inside.includes(part)) // its parent
    .flatMap(({ name, part }) => [
      { name: prefix + name, part },
      ...placesIn(part, `${prefix}${name}.`, inside),
    ]);
}

/** A network and all its parts, each once and before its own parts. */
export function partsOf(network: AnyNetwork): AnyNetwork[] {
  return [...new Set([network, ...placesIn(network).map(({ part }) => part)])];
}
