/** A value inside a field, and where it is there. */
export interface Held {
  /** The names of the places that lead to it: list indices, keys of objects and Maps. Empty for the field itself. */
  readonly path: readonly (string | number)[];
  /** The same as real keys, for `lookUp` and `place`. */
  readonly keys: readonly unknown[];
  readonly value: unknown;
}

type Entry = readonly [name: string | number, key: unknown, value: unknown];

/** The contents of a list, plain object, Map or Set; null for anything else. */
export function entriesOf(x: unknown): Entry[] | null {
  const byIndex = (values: readonly unknown[]): Entry[] => values.map((value, i) => [i, i, value]);
  if (Array.isArray(x)) return byIndex(x);
  if (x instanceof Set) return byIndex([...x]);
  if (x instanceof Map)
    return [...x].map(([key, value], i) => [
      typeof key === "string" || typeof key === "number" ? key : i,
      key,
      value,
    ]);
  if (typeof x !== "object" || x === null) return null;
  const prototype: unknown = Object.getPrototypeOf(x);
  if (prototype !== Object.prototype && prototype !== null) return null;
  return Object.entries(x).map(([key, value]) => [key, key, value]);
}

/**
 * What a field holds: its value, or the objects inside lists, plain objects, Maps and Sets, nested
 * to any depth. A container that holds itself is opened once.
 */
export function* held(
  value: unknown,
  path: Held["path"] = [],
  keys: Held["keys"] = [],
  opened: Set<unknown> = new Set(),
): Generator<Held> {
  const entries = entriesOf(value);
  if (!entries) {
    yield { path, keys, value };
    return;
  }
  if (opened.has(value)) return;
  opened.add(value);
  for (const [name, key, inner] of entries) {
    if (typeof inner === "object" && inner !== null)
      yield* held(inner, [...path, name], [...keys, key], opened);
  }
}

function childOf(container: unknown, key: unknown): unknown {
  if (container instanceof Map) return container.get(key);
  if (container instanceof Set) return [...container][key as number];
  return (container as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key as PropertyKey];
}

/** The value at these keys inside a field's value; undefined where there is none. */
export function lookUp(value: unknown, keys: readonly unknown[]): unknown {
  return keys.reduce(childOf, value);
}

/** Puts another value at these keys of an object, in the containers that it has already. */
export function place(owner: object, keys: readonly unknown[], value: unknown): void {
  const container = lookUp(owner, keys.slice(0, -1));
  const key = keys.at(-1);
  if (container instanceof Map) container.set(key, value);
  else if (container instanceof Set) {
    const values = [...container].map((old, i) => (i === key ? value : old));
    container.clear();
    for (const one of values) container.add(one);
  } else if (typeof container === "object" && container !== null)
    Reflect.set(container, key as PropertyKey, value);
}
