import { Module } from "../../autograd/index.ts";
import { partsIn, torchKey } from "../../contracts/internal.ts";
import { Layer } from "../../manual/index.ts";

/** A network of either side. */
export type AnyNetwork = Layer | Module;

/** A part of a network, or the network itself. */
export interface SummaryPart {
  readonly name: string;
  readonly part: AnyNetwork;
  readonly depth: number;
}

/**
 * Yields a network and all its parts, depth first and each once. Names are those of state dicts,
 * where Sequential's list adds no name. Children come in the given order, else in the order of fields.
 */
export function* partsOf(
  network: AnyNetwork,
  order: readonly AnyNetwork[] = [],
  name: string = "",
  depth: number = 0,
  told: Set<AnyNetwork> = new Set(),
): Generator<SummaryPart> {
  if (told.has(network)) return;
  told.add(network);
  yield { name, part: network, depth };
  const prefix = name && `${name}.`;
  const parts = partsIn(network, isNetwork).map(({ key, path, part }): [string, AnyNetwork] => {
    const isUnnamed = "unnamedList" in network && key === network.unnamedList;
    return [prefix + [...(isUnnamed ? [] : [torchKey(key)]), ...path].join("."), part];
  });
  const rank = (part: AnyNetwork): number => (order.includes(part) ? order.indexOf(part) : order.length);
  for (const [inner, part] of parts.toSorted(([, a], [, b]) => rank(a) - rank(b)))
    yield* partsOf(part, order, inner, depth + 1, told);
}

/** Whether `other` is `part` itself or inside it. */
export function within(part: AnyNetwork, other: AnyNetwork): boolean {
  return [...partsOf(part)].some((one) => one.part === other);
}

export function isNetwork(value: unknown): value is AnyNetwork {
  return value instanceof Layer || value instanceof Module;
}
