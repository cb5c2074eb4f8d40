import { type NDArray, sameShape } from "../../np/index.ts";
import type { OwnParameter } from "./own-parameters.ts";

/** A parameter of somebody's class, and ours that plays its part; ours may be transposed. */
export interface Link {
  readonly theirs: OwnParameter;
  readonly ours: string;
  readonly transposed: boolean;
}

/** The most ways of pairing that are tried. */
const most = 64;

/**
 * The ways in which somebody's parameters can play the parts of ours, the most likely first: by name,
 * else by shape in order. A matrix may be ours transposed, and parameters of one shape may come
 * in another order; only their forward can tell which way is meant.
 */
export function linkings(
  theirs: readonly OwnParameter[],
  ours: ReadonlyMap<string, NDArray>,
): readonly (readonly Link[])[] {
  const byName = theirs.flatMap((p): Link[] =>
    sameShape(ours.get(p.name)?.shape ?? [-1], p.value.shape)
      ? [{ theirs: p, ours: p.name, transposed: false }]
      : [],
  );
  const named = new Set<unknown>(byName.flatMap((link) => [link.theirs, link.ours]));
  const rest = theirs.filter((p) => !named.has(p));
  const free = [...ours].filter(([name]) => !named.has(name));
  return pairings(rest, free).map((links) => [...byName, ...links]);
}

/** Every way to give each of these parameters one of ours, at most `most` ways; a parameter that fits none is left out. */
function pairings(
  [first, ...rest]: readonly OwnParameter[],
  free: readonly (readonly [name: string, value: NDArray])[],
): readonly (readonly Link[])[] {
  if (!first) return [[]];
  const { shape } = first.value;
  const isMatrix = shape.length === 2;
  const fitting = [false, ...(isMatrix ? [true] : [])].flatMap((transposed) =>
    free
      .filter(([, value]) => sameShape(value.shape, transposed ? [...shape].reverse() : shape))
      .map(([ours]): Link => ({ theirs: first, ours, transposed })),
  );
  if (fitting.length === 0) return pairings(rest, free);
  const all: (readonly Link[])[] = [];
  for (const link of fitting) {
    for (const others of pairings(
      rest,
      free.filter(([name]) => name !== link.ours),
    ))
      all.push([link, ...others]);
    if (all.length >= most) break;
  }
  return all.slice(0, most);
}

/** Copies somebody's values into our arrays of the same parts. */
export function copyLinked(
  links: readonly Link[],
  values: ReadonlyMap<string, NDArray>,
  ours: ReadonlyMap<string, NDArray>,
): void {
  for (const { theirs, ours: name, transposed } of links) {
    const value = values.get(theirs.name) ?? theirs.value;
    ours.get(name)?.copyFrom(transposed ? value.T.copy() : value);
  }
}
