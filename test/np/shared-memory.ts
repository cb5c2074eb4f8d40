import type { NDArray } from "chalk-and-tape/np";
import ops from "ndarray-ops";

/** Writes one number into every element of an array or a view, as a careless caller could. */
export function overwrite(x: NDArray, value: number): void {
  ops.assigns(x.view, value);
}

/**
 * The pairs among named arrays that have an element in common, as "a and b": writes another number
 * into each, then looks for a number that a later write has replaced. Loses all values.
 */
export function sharing(arrays: Iterable<readonly [name: string, x: NDArray]>): string[] {
  const all = [...arrays].filter(([, x]) => x.size > 0);
  for (const [i, [, x]] of all.entries()) overwrite(x, i + 1);
  return all.flatMap(([name, x], i) => {
    const others = new Set(x.flat().filter((value) => value !== i + 1));
    return [...others].map((value) => `${name} and ${all[value - 1]?.[0]}`);
  });
}
