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
  ];
  if (key === "params" || key === "parameters") return [...spellings, "grads", "gradients"];
  return key === "data" || key === "value" ? [...spellings, "grad", "gradient"] : spellings;
}

/** The field beside this one that holds its gradient; for an array in a list, the same place in the list of gradients. */
function gradientOf({ owner, key, holder }: Field): (() => unknown) | null {
  const beside = gradientKeys(key).find((name) => name in owner);
  if (beside) return () => entryOf(owner, beside);
  if (!holder) return null;
  const list = gradientKeys(holder.key).find((name) => name in holder.owner);
  if (!list) return null;
  return () => {
    const gradients = entryOf(holder.owner, list);
    return typeof gradients === "object" && gradients !== null ? entryOf(gradients, key) : null;
  };
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
