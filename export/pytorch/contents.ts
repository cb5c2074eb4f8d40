import { torchKey } from "../../contracts/internal.ts";
import { entriesOf } from "../../np/internal.ts";
import { containerName } from "../trace/catalogue.ts";
import { isNetwork } from "../trace/places.ts";
import type { AnyNetwork } from "../trace/traced.ts";
import { holdsPart } from "./python-names.ts";

/** A part, or a list, object or Map with parts in it, and how Python reaches it from what holds it. */
export interface Content {
  readonly name: string;
  /** `.layer1`, `[0]`, `["left"]`. */
  readonly access: string;
  readonly value: unknown;
}

/** How the contents of something are reached. */
export type Style = "list" | "dict" | "attributes";

/** The style of a list, object or Map: a list must begin at 0 and have no gaps. */
export function styleOf(container: unknown): Style {
  const names = (entriesOf(container) ?? []).filter(([, , inner]) => holdsPart(inner)).map(([name]) => name);
  const isList = Array.isArray(container) || container instanceof Set;
  return isList && names.every((name, i) => name === i) ? "list" : "dict";
}

/** The style of a network: PyTorch's own containers are lists and dicts, everything else has attributes. */
export function styleOfNetwork(network: AnyNetwork, isSequence: boolean): Style {
  const name = containerName(network);
  if (isSequence || name === "ModuleList") return "list";
  return name === "ModuleDict" ? "dict" : "attributes";
}

/** What a network holds in its fields, or a list, object or Map in it. */
export function contentsOf(holder: unknown, style: Style): Content[] {
  if (!isNetwork(holder)) return entries(holder, style);
  const unnamed = "unnamedList" in holder ? holder.unnamedList : null;
  return Object.entries(holder).flatMap(([key, value]): Content[] => {
    if (!holdsPart(value)) return [];
    if (key === unnamed) return entries(value, style);
    return [{ name: torchKey(key), access: `.${torchKey(key)}`, value }];
  });
}

function entries(container: unknown, style: Style): Content[] {
  const reached = (name: string): string => {
    if (style === "list") return `[${name}]`;
    return style === "dict" ? `[${JSON.stringify(name)}]` : `.get_submodule(${JSON.stringify(name)})`;
  };
  return (entriesOf(container) ?? []).flatMap(([name, , value]): Content[] =>
    holdsPart(value) ? [{ name: `${name}`, access: reached(`${name}`), value }] : [],
  );
}
