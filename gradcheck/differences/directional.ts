import type { NDArray, Random } from "../../np/index.ts";
import { derivatives } from "./derivatives.ts";
import { roundingOf } from "./noise.ts";
import type { NumericalGradient } from "./numerical.ts";
import { changesOf, type Perturbed } from "./perturbed.ts";

/** A random direction through all arrays at once: one array for each, with total length 1. */
export type Direction = ReadonlyMap<string, NDArray>;

/** Draws a direction with normal components, so that no direction is preferred. */
export function randomDirection(arrays: ReadonlyMap<string, NDArray>, rng: Random): Direction {
  const raw = new Map([...arrays].map(([name, x]) => [name, rng.normal(0, 1, x.shape)]));
  let squares = 0;
  for (const v of raw.values()) for (const value of v.flat()) squares += value * value;
  return new Map([...raw].map(([name, v]) => [name, v.div(Math.sqrt(squares))]));
}

/**
 * Σ ∂L/∂x ⊙ v over all arrays: the slope along a direction according to a gradient. A missing
 * gradient counts as 0.
 */
export function along(gradients: ReadonlyMap<string, NDArray>, direction: Direction): number {
  let sum = 0;
  for (const [name, v] of direction) {
    const gradient = gradients.get(name);
    if (!gradient) continue;
    const [g, w] = [gradient.flat(), v.flat()];
    for (let i = 0; i < w.length; i++) sum += (g[i] as number) * (w[i] as number);
  }
  return sum;
}

/**
 * The slopes of Σ dy ⊙ forward() along directions, by finite differences: about ten evaluations per direction,
 * however many elements the arrays have. The arrays are changed in place during an evaluation and
 * restored bit for bit.
 * @see PyTorch's `gradcheck(fast_mode=True)`, which also projects on random directions
 */
export function directionalDerivatives(
  forward: () => NDArray,
  dy: NDArray,
  arrays: ReadonlyMap<string, NDArray>,
  directions: readonly Direction[],
): NumericalGradient {
  const original = new Map([...arrays].map(([name, x]) => [name, x.copy()]));
  const move = (direction: Direction, step: number, read: (after: ArrayLike<number>) => void): void => {
    try {
      for (const [name, v] of direction) (arrays.get(name) as NDArray).addInPlace(v, step);
      read(forward().flat());
    } finally {
      for (const [name, x] of original) (arrays.get(name) as NDArray).copyFrom(x);
    }
  };
  const before = Float64Array.from(forward().flat());
  const slopes: Perturbed = {
    changes: (elements, steps) =>
      changesOf(steps, before, dy.flat(), (k, step, read) =>
        move(directions[elements[k] as number] as Direction, step, read),
      ),
  };
  const at = directions.map((_, k) => k);
  const rounding = roundingOf(slopes, at, () => 0, at.length);
  return { at, estimates: derivatives(slopes, at, () => 0, rounding) };
}
