import { greater, type NDArray, type Random } from "../../np/index.ts";
import type { Arrays } from "../protocol/frame.ts";

/** Inputs of one linear layer: x (N, D), W (M, D), b (M,), dy (N, M). */
export function drawLinear(
  rng: Random,
  [N, D, M]: readonly [number, number, number],
): Record<"x" | "W" | "b" | "dy", NDArray> {
  return {
    x: rng.normal(0, 1, [N, D]),
    W: rng.normal(0, 1, [M, D]),
    b: rng.normal(0, 1, [M]),
    dy: rng.normal(0, 1, [N, M]),
  };
}

/** Parameters for a network of five widths, the slide's by default, in which few units are dead. */
export function drawNetwork(rng: Random, widths: readonly number[] = [2, 10, 10, 10, 1]): Arrays {
  const parameters: Record<string, NDArray> = {};
  for (let k = 1; k < widths.length; k++) {
    const [D, M] = [widths[k - 1] as number, widths[k] as number];
    parameters[`W${k}`] = rng.normal(0, Math.sqrt(2 / D), [M, D]);
    parameters[`b${k}`] = rng.normal(0, 0.5, [M]);
  }
  return parameters;
}

/** Points of two classes that a circle separates, and their labels: x (N, 2), t (N, 1). */
export function drawPoints(rng: Random, N: number): { x: NDArray; t: NDArray } {
  const x = rng.normal(0, 1, [N, 2]);
  const t = greater(x.mul(x).sum(1, true), 1.4).astype("float64");
  return { x, t };
}
