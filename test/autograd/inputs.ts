import { abs, NDArray, type Random, random, sign } from "chalk-and-tape/np";

/** Numbers of both signs, at least 0.05 from zero and 0.01 from each other: no function here bends within a difference's step. */
export function spread(shape: readonly number[], seed: number): NDArray {
  const size = shape.reduce((product, n) => product * n, 1);
  const order = random(seed).permutation(size).flat();
  const shift = 0.31 + 0.1 * (seed % 3) - Math.floor(size / 2);
  return NDArray.from(Float64Array.from(order, (k) => 0.17 * (k + shift)).slice(), shape);
}

/** The same, of both signs, at least 0.4 from zero. */
export function away(shape: readonly number[], seed: number): NDArray {
  const x = spread(shape, seed);
  return x.add(sign(x).mul(0.4));
}

/** The same, above 0.4. */
export function positive(shape: readonly number[], seed: number): NDArray {
  return abs(spread(shape, seed)).add(0.4);
}

/** Signed and random, in the dtype of what it is the gradient of. */
export function upstreamOf(
  y: { readonly shape: readonly number[]; readonly dtype: "float64" | "float32" | string },
  rng: Random,
): NDArray {
  return rng.normal(0, 1, y.shape).astype(y.dtype === "float32" ? "float32" : "float64");
}

/** Σ a ⊙ b. */
export function dot(a: NDArray, b: NDArray): number {
  return a.mul(b).sum().item();
}
