import { NDArray, sameShape } from "../../np/index.ts";
import { type LayerLike, namedGradients } from "./own-layer.ts";
import { gradientKeys, type OwnParameter, ownParameters } from "./own-parameters.ts";
import { walk } from "./walk.ts";

/** The arrays in the fields of an object, each with a copy of its numbers. */
type Snapshot = ReadonlyMap<string, { readonly value: NDArray; readonly copy: NDArray }>;

function snapshot(layer: object): Snapshot {
  const arrays = [...walk(layer), ...ownParameters(layer)].flatMap(({ name, value }) =>
    value instanceof NDArray ? [[name, { value, copy: value.copy() }] as const] : [],
  );
  return new Map(arrays);
}

/**
 * The parameters of an object that may have run before, or that makes them or their gradient fields
 * later: the arrays that stay the same through two forwards on other numbers, with a gradient field
 * after backward. What forward only remembers, such as `this.x` beside `this.dX`, is another
 * array every time, or has other numbers, or those of an input.
 */
export function persistentParameters(
  layer: LayerLike,
  [first, second]: readonly [readonly NDArray[], readonly NDArray[]],
): OwnParameter[] {
  layer.forward(...first.map((x) => x.copy()));
  const earlier = snapshot(layer);
  const inputs = second.map((x) => x.copy());
  const y = layer.forward(...inputs);
  const later = snapshot(layer);
  const returned = y instanceof NDArray ? tried(layer, y) : null;
  const staying = [...later].flatMap(([name, after]) => {
    const before = earlier.get(name);
    const stays = before && before.value === after.value && sameValues(before.copy, after.copy);
    return stays && !inputs.some((x) => x === after.value || sameValues(x, after.copy)) ? [name] : [];
  });
  const withField = new Set(ownParameters(layer).map(({ name }) => name));
  const without = staying.filter((name) => !withField.has(name));
  const found = new Set([
    ...staying.filter((name) => withField.has(name)),
    ...returnedOnly(without, later, returned, inputs.length),
  ]);
  return ownParameters(layer, found).flatMap((p) => {
    const value = later.get(p.name)?.value;
    return found.has(p.name) && value ? [{ ...p, value }] : []; // backward may have replaced it, which is reported later
  });
}

/** What backward returns for ones. An error is no result: the check itself shows it. */
function tried(layer: LayerLike, y: NDArray): unknown {
  try {
    return layer.backward(y.mul(0).add(1));
  } catch {
    return null;
  }
}

/** Arrays without a gradient field whose gradients backward returns: `[dx, dW, db]` in their order, or `{ dx, dW, db }`. */
function returnedOnly(
  names: readonly string[],
  arrays: Snapshot,
  returned: unknown,
  inputs: number,
): readonly string[] {
  const named = namedGradients(returned);
  if (named) return names.filter((name) => gradientKeys(lastKey(name)).some((key) => named.has(key)));
  if (!Array.isArray(returned)) return [];
  const rest: unknown[] = returned.slice(inputs);
  const fits = (name: string, i: number): boolean =>
    rest[i] instanceof NDArray &&
    sameShape(rest[i].shape, (arrays.get(name) as { value: NDArray }).value.shape);
  return rest.length > 0 && rest.length === names.length && names.every(fits) ? names : [];
}

/** `W` of `hidden.W` */
function lastKey(name: string): string {
  return name.split(".").at(-1) as string;
}

function sameValues(a: NDArray, b: NDArray): boolean {
  if (!sameShape(a.shape, b.shape)) return false;
  const [x, y] = [a.flat(), b.flat()];
  return x.every((value: number, i: number) => Object.is(value, y[i]));
}
