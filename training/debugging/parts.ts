import { partsIn, placeName } from "../../contracts/internal.ts";

/**
 * A part of a network and its path, `layer1`, `layers[0]`, `heads.left` or `encoder.relu1`; "" for the network.
 */
export interface NamedPart<Part> {
  readonly name: string;
  readonly part: Part;
  /** Whether it has no parts of its own. */
  readonly isLeaf: boolean;
}

/** Lists a network and all its parts, each before its own parts; a part used twice appears once. */
export function partsOf<Part extends object>(
  network: Part,
  isPart: (value: unknown) => value is Part,
): NamedPart<Part>[] {
  const found = new Map<Part, NamedPart<Part>>();
  const visit = (part: Part, name: string): void => {
    if (found.has(part)) return;
    const inner = partsIn(part, isPart);
    found.set(part, { name, part, isLeaf: inner.length === 0 });
    for (const { key, path, part: one } of inner) visit(one, `${name && `${name}.`}${placeName(key, path)}`);
  };
  visit(network, "");
  return [...found.values()];
}

/** Returns `layer1 (Linear)`, or just the class name for the whole network. */
export function titleOf({ name, part }: { readonly name: string; readonly part: object }): string {
  return name ? `${name} (${part.constructor.name})` : part.constructor.name;
}

/**
 * Whether an object's class, or one it extends, has a matching name; avoids importing the classes.
 */
export function isOfClass(x: object, names: RegExp): boolean {
  for (let p: unknown = Object.getPrototypeOf(x); p; p = Object.getPrototypeOf(p))
    if (names.test((p as object).constructor.name)) return true;
  return false;
}
