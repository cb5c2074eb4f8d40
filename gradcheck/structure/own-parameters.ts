import { NDArray } from "../../np/index.ts";
import { entryOf, type Field, walk } from "./walk.ts";

/** A parameter of somebody's object: an array, and the place where backward puts its gradient. */
export interface OwnParameter {
  /** The dotted name of its field, `hidden.W`. */
  readonly name: string;
  readonly value: NDArray;
  /** The field's value now. It is another array if forward or backward replaced it. */
  now(): unknown;
  /** What backward assigned; null before. */
  gradient(): unknown;
}

/** The names under which people keep the gradient of a field. */
export function gradientKeys(key: string): readonly string[] {
  const capital = key.charAt(0).toUpperCase() + key.slice(1);
  const spellings = [
    `d${capital}`,
    `d${key}`,
    `d_${key}`,
    `grad${capital}`,
    `grad_${key}`,
    `${key}Grad`,
    `${key}_grad`,
    `gradient${capital}`,
    `${key}Gradient`,
    `${key}_gradient`,
    `grad${key}`,
    `delta${capital}`,
    `nabla${capital}`,
  ];
  const inner = key.slice(1);
  if (key.startsWith("_") && inner)
    return [...spellings, ...gradientKeys(inner).flatMap((k) => [`_${k}`, k])];
  if (key === "params" || key === "parameters") return [...spellings, "grads", "gradients"];
  return key === "data" || key === "value" ? [...spellings, "grad", "gradient"] : spellings;
}

/** The field beside this one that holds its gradient; for an array in a list, the same place in the list of gradients. */
function gradientOf({ owner, key, holder }: Field): (() => unknown) | null {
  const names = gradientKeys(key);
  const beside = names.find((name) => name in owner);
  if (beside) return () => entryOf(owner, beside);
  const own = containers.find((name) => gradientIn(owner, name, key) !== undefined);
  if (own) return () => gradientIn(owner, own, key);
  if (!holder) return null;
  const outside = names.find((name) => name in holder.owner);
  if (outside) return () => entryOf(holder.owner, outside);
  const list =
    gradientKeys(holder.key).find((name) => name in holder.owner) ??
    containers.find((name) => gradientIn(holder.owner, name, key) !== undefined);
  return list === undefined ? null : () => gradientIn(holder.owner, list, key);
}

/** Fields that hold the gradients of several arrays. */
const containers = ["grads", "gradients"];

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof NDArray);
}

/** The gradient under the key of its array, or under a name such as `dW`, in a dictionary, Map or list. */
function gradientIn(owner: object, container: string, key: string): unknown {
  const gradients = entryOf(owner, container);
  if (!isRecord(gradients)) return undefined;
  const names = [key, ...gradientKeys(key)];
  return names.map((name) => entryOf(gradients, name)).find((gradient) => gradient !== undefined);
}

/** A list entry as our layers' `parameters()` returns it. */
interface Listed {
  readonly name: string;
  readonly value: NDArray;
  readonly gradient: unknown;
}

function listed(layer: object): readonly Listed[] {
  const method: unknown = Reflect.get(layer, "parameters");
  if (typeof method !== "function") return [];
  const all: unknown = method.call(layer);
  if (!Array.isArray(all)) return [];
  return all.flatMap((one: Partial<Listed> | null, i) =>
    one?.value instanceof NDArray
      ? [{ name: String(one.name ?? i), value: one.value, gradient: one.gradient }]
      : [],
  );
}

/**
 * The parameters of any object, without knowing its class: what its `parameters()` lists, then every
 * array in a field `p` with a gradient field beside it: `dP`, `dp`, `gradP`, `pGrad` or so. Arrays
 * may be in lists, Maps and object literals (`params` beside `grads`), and in parts, which are objects with a
 * forward, or objects of a class of one's own, `data` beside `grad`. Call it before the first forward: an
 * array that forward remembers looks the same.
 * @param known names of parameters whose gradient field may be made later, in backward
 */
export function ownParameters(layer: object, known: ReadonlySet<string> = new Set()): OwnParameter[] {
  const inList = listed(layer).map(({ name, value }): OwnParameter => {
    const now = (): Listed | undefined => listed(layer).find((one) => one.name === name);
    return { name, value, now: () => now()?.value, gradient: () => now()?.gradient };
  });
  const found = new Set(inList.map(({ value }) => value));
  const inFields = [...walk(layer)].flatMap((field): OwnParameter[] => {
    const { value, name, owner, key } = field;
    if (!(value instanceof NDArray) || found.has(value)) return [];
    if (!gradientOf(field) && !known.has(name)) return [];
    const gradient = (): unknown => gradientOf(field)?.();
    return [{ name, value, now: () => entryOf(owner, key), gradient }];
  });
  return [...inList, ...inFields];
}

/** All arrays in the fields of an object, by the names of its `stateDict()`, else by dotted name. */
export function ownArrays(layer: object): Map<string, NDArray> {
  const method: unknown = Reflect.get(layer, "stateDict");
  const state: unknown = typeof method === "function" ? method.call(layer) : null;
  const entries: readonly (readonly [string, unknown])[] =
    typeof state === "object" && state !== null
      ? Object.entries(state)
      : [...walk(layer)].map(({ name, value }) => [name, value] as const);
  return new Map(
    entries.flatMap(([name, value]): [string, NDArray][] =>
      value instanceof NDArray ? [[name, value]] : [],
    ),
  );
}
