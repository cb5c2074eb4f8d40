import type { NDArray, Random } from "../../np/index.ts";
import { derivatives, type Perturbed } from "./derivatives.ts";
import { noiseOf } from "./noise.ts";
import type { NumericalGradient } from "./numerical.ts";

/** A random direction through all given arrays at once: one array for each, all together of length 1. */
export type Direction = ReadonlyMap<string, NDArray>;

/** Directions with normal components, so that none is preferred. */
export function randomDirection(arrays: ReadonlyMap<string, NDArray>, rng: Random): Direction {
  const raw = new Map([...arrays].map(([name, x]) => [name, rng.normal(0, 1, x.shape)]));
  let squares = 0;
  for (const v of raw.values()) for (const value of v.flat()) squares += value * value;
  return new Map([...raw].map(([name, v]) => [name, v.div(Math.sqrt(squares))]));
}

/** The slope along a direction according to the gradients, Σ ∂L/∂x ⊙ v over all arrays. A missing gradient counts as 0. */
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
 * The slopes of f along directions by finite differences: about ten evaluations each, however many
 * elements the arrays have. Changes the arrays in place during an evaluation and restores them bit for bit.
 * @see PyTorch's `gradcheck(fast_mode=True)`, which also projects on random directions
 */
export function directionalDerivatives(
  f: () => number,
  arrays: ReadonlyMap<string, NDArray>,
  directions: readonly Direction[],
): NumericalGradient {
  const before = new Map([...arrays].map(([name, x]) => [name, x.copy()]));
  const moved = (direction: Direction, step: number): number => {
    try {
      for (const [name, v] of direction) (arrays.get(name) as NDArray).addInPlace(v, step);
      return f();
    } finally {
      for (const [name, x] of before) (arrays.get(name) as NDArray).copyFrom(x);
    }
  };
  const slopes: Perturbed = {
    base: f(),
    evaluate: (elements, steps) =>
      steps.map((step, k) => moved(directions[elements[k] as number] as Direction, step)),
  };
  const at = directions.map((_, k) => k);
  const noise = noiseOf(slopes, at, () => 0, 1);
  return { at, estimates: derivatives(slopes, at, () => 0, noise), noise };
}
