/** A part of a network, and its path as one writes it: `layer1`, `layers[0]`, `encoder.relu1`; of the network itself "". */
export interface NamedPart<Part> {
  readonly name: string;
  readonly part: Part;
  /** Whether it has no parts itself. */
  readonly isLeaf: boolean;
}

/** A network and all its parts, each before its own; one that stands in two places once. */
export function partsOf<Part extends object>(
  network: Part,
  isPart: (value: unknown) => value is Part,
): NamedPart<Part>[] {
  const found = new Map<Part, NamedPart<Part>>();
  const visit = (part: Part, name: string): void => {
    if (found.has(part)) return;
    const inner = Object.entries(part).flatMap(([key, value]): [string, Part][] => {
      if (isPart(value)) return [[key, value]];
      if (!Array.isArray(value)) return [];
      return value.flatMap((one, i): [string, Part][] => (isPart(one) ? [[`${key}[${i}]`, one]] : []));
    });
    found.set(part, { name, part, isLeaf: inner.length === 0 });
    for (const [key, one] of inner) visit(one, name ? `${name}.${key}` : key);
  };
  visit(network, "");
  return [...found.values()];
}

/** `layer1 (Linear)`, or of a whole network its class. */
export function titleOf({ name, part }: { readonly name: string; readonly part: object }): string {
  return name ? `${name} (${part.constructor.name})` : part.constructor.name;
}

/** Whether an object is of a class of this name, or of one that extends it; so the classes need not be imported. */
export function isOfClass(x: object, names: RegExp): boolean {
  for (let p: unknown = Object.getPrototypeOf(x); p; p = Object.getPrototypeOf(p))
    if (names.test((p as object).constructor.name)) return true;
  return false;
}
