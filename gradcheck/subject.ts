import type { NDArray, Random } from "../np/index.ts";

/** Anything that can be checked: it maps arrays to an array and has gradients by name, such as a layer, or a function with its backward. */
export interface Subject {
  /** The parameters' arrays by name, not copies, so that a check can perturb them. */
  readonly parameters: ReadonlyMap<string, NDArray>;
  forward(...inputs: readonly NDArray[]): NDArray;
  /** Forward and backward: y, and the gradients by name; dy null is the default upstream of a scalar loss, 1. */
  gradients(
    dy: NDArray | null,
    ...inputs: readonly NDArray[]
  ): { y: NDArray; gradients: Map<string, NDArray> };
}

/** A dy for a check: signed and random, never ones; a random factor for a scalar. */
export function randomUpstream(shape: readonly number[], rng: Random): NDArray {
  return rng.normal(0, 1, shape);
}

/** Σ dy ⊙ y in float64: the scalar whose gradient is checked. */
export function project(y: NDArray, dy: NDArray): number {
  const [a, b] = [y.flat(), dy.flat()];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Flat positions to check: all of `size`, or `entries` of them in random order. */
export function chooseEntries(size: number, entries: number, rng: Random): number[] {
  if (entries >= size) return Array.from({ length: size }, (_, i) => i);
  return [...rng.choice(size, entries, { replace: false }).flat()].sort((a, b) => a - b);
}
