import { describe } from "./arguments/describe.ts";
import { ShapeError } from "./errors.ts";
import { NDArray } from "./ndarray.ts";

/** A copy of n probabilities. @throws RangeError unless they are >= 0 and their sum is 1 */
export function probabilities(p: NDArray | readonly number[], n: number): Float64Array {
  const shares = Float64Array.from(p instanceof NDArray ? p.flat() : p, Number);
  if (shares.length !== n)
    throw new ShapeError(`Random.choice: ${shares.length} probabilities p for ${n} to choose from`);
  const wrong = shares.find((share) => !(share >= 0));
  if (wrong !== undefined)
    throw new RangeError(`Random.choice: p holds ${describe(wrong)}; expected numbers >= 0`);
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-8)
    throw new RangeError(
      `Random.choice: the sum of p is ${describe(total)}, expected 1; divide p by its sum`,
    );
  return shares;
}

/**
 * `size` of the places 0 … n − 1, each with its share of all shares. Without replacement a place
 * loses its share once it is drawn. `next` draws from [0, 1).
 */
export function weightedChoice(
  next: () => number,
  shares: Float64Array,
  size: number,
  replace: boolean,
): Int32Array {
  return Int32Array.from({ length: size }, () => {
    const drawn = next() * shares.reduce((sum, share) => sum + share, 0);
    let sum = 0;
    const found = shares.findIndex((share) => {
      sum += share;
      return drawn < sum;
    });
    const place = found < 0 ? shares.findLastIndex((share) => share > 0) : found; // drawn was rounded up
    if (!replace) shares[place] = 0;
    return place;
  });
}
