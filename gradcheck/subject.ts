import type { NDArray, Random } from "../np/index.ts";

/**
 * A subject of a check: arrays in, arrays out, and gradients by name. For example a function with
 * its backward, or a layer.
 */
export interface Subject {
  /** The parameters' own arrays by name, so that a check can nudge them. */
  readonly parameters: ReadonlyMap<string, NDArray>;
  forward(...inputs: readonly NDArray[]): NDArray;
  /**
   * Runs forward and backward; returns y and the gradients by name. A null dy is the default
   * upstream of a scalar loss, 1.
   */
  gradients(
    dy: NDArray | null,
    ...inputs: readonly NDArray[]
  ): { y: NDArray; gradients: Map<string, NDArray> };
}

/** A random dy of both signs for a check, never ones; a random factor for a scalar. */
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

/** Chooses flat positions to check: all of `size`, or `entries` of them at random, ascending. */
export function chooseEntries(size: number, entries: number, rng: Random): number[] {
  if (entries >= size) return Array.from({ length: size }, (_, i) => i);
  return [...rng.choice(size, entries, { replace: false }).flat()].sort((a, b) => a - b);
}
