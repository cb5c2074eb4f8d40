import { partsIn, torchKey } from "../contracts/internal.ts";

/** A part of a network with its dotted name. */
export type NamedPart<Part> = [name: string, part: Part];

/** The parts in a network's own fields, named as in the keys of its state dict; one that is used twice appears once. */
export function namedChildren<Part extends object>(
  network: Part,
  isPart: (value: unknown) => value is Part,
): NamedPart<Part>[] {
  const unnamed = "unnamedList" in network ? network.unnamedList : null;
  const found = new Map<Part, string>();
  for (const { key, path, part } of partsIn(network, isPart)) {
    const name = [key === unnamed ? "" : torchKey(key), ...path].filter((word) => word !== "").join(".");
    if (!found.has(part)) found.set(part, name);
  }
  return [...found].map(([part, name]) => [name, part]);
}

/** The network under the name "", and all its parts, each before its own; one that is used twice appears once. */
export function namedParts<Part extends object>(
  network: Part,
  isPart: (value: unknown) => value is Part,
): NamedPart<Part>[] {
  const found = new Map<Part, string>();
  const visit = (name: string, part: Part): void => {
    if (found.has(part)) return;
    found.set(part, name);
    for (const [key, child] of namedChildren(part, isPart))
      visit(name === "" ? key : `${name}.${key}`, child);
  };
  visit("", network);
  return [...found].map(([part, name]) => [name, part]);
}
