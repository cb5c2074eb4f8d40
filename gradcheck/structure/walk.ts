import { NDArray, Random } from "../../np/index.ts";
import { entriesOf } from "../../np/internal.ts";

/** A field of a network or of one of its parts. */
export interface Field {
  /** The dotted name, `hidden.0.weight`. */
  readonly name: string;
  readonly key: string;
  /** The object, list or Map that holds the field. */
  readonly owner: object;
  readonly value: unknown;
  /** The field that holds the owner, if the owner is not a part: a list, a Map, an object. */
  readonly holder?: Field;
}

/** Anything with a forward: a layer, a loss, a network or a module, of whatever class. */
export interface Part {
  forward(...inputs: readonly unknown[]): unknown;
}

export function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "forward") === "function";
}

/** A list, a Map, an object literal or an object of a class of one's own, in which parts and arrays may be; no tensor of the tape. */
function isContainer(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return !(value instanceof Random || ArrayBuffer.isView(value) || "requiresGrad" in value);
}

/** The fields of an object, or the contents of a list, Map or Set by name. */
function fieldsOf(owner: object): readonly (readonly [key: string, value: unknown])[] {
  const inside = entriesOf(owner);
  return inside ? inside.map(([name, , value]) => [String(name), value]) : Object.entries(owner);
}

/** What `owner` holds under a name. */
export function entryOf(owner: object, key: string): unknown {
  const inside = entriesOf(owner);
  return inside ? inside.find(([name]) => String(name) === key)?.[2] : Reflect.get(owner, key);
}

/**
 * All fields of an object and of its parts, in order: also those inside lists, Maps, Sets and other
 * objects. A `#private` field cannot be seen.
 */
export function* walk(
  owner: object,
  prefix: string = "",
  holder?: Field,
  seen: Set<object> = new Set(),
): Generator<Field> {
  if (seen.has(owner)) return;
  seen.add(owner);
  for (const [key, value] of fieldsOf(owner)) {
    const field: Field = { name: prefix + key, key, owner, value, ...(holder && { holder }) };
    if (value instanceof NDArray) yield field;
    else if (isPart(value)) yield* walk(value, `${field.name}.`, undefined, seen);
    else if (isContainer(value)) yield* walk(value, `${field.name}.`, field, seen);
    else yield field;
  }
}
