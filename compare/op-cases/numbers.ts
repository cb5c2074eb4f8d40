import { abs, NDArray, random, sign } from "../../np/index.ts";
import type { Draw } from "./op-case.ts";

/**
 * Numbers of both signs, at least 0.05 from zero and 0.01 from each other, also across different
 * `which`, so that no function of the table has a kink within a finite difference's step. The seed
 * shuffles them.
 */
export function spread(shape: readonly number[], which: number): Draw {
  const size = shape.reduce((product, n) => product * n, 1);
  const shift = 0.31 + 0.1 * (which % 3) - Math.floor(size / 2);
  return (seed) => {
    const order = random(8 * seed + which)
      .permutation(size)
      .flat();
    return NDArray.from(
      Float64Array.from(order, (k) => 0.17 * (k + shift)),
      shape,
    );
  };
}

/** The same, with both signs, at least 0.4 from zero. */
export function away(shape: readonly number[], which: number): Draw {
  const draw = spread(shape, which);
  return (seed) => draw(seed).add(sign(draw(seed)).mul(0.4));
}

/** The same, all above 0.4. */
export function positive(shape: readonly number[], which: number): Draw {
  const draw = spread(shape, which);
  return (seed) => abs(draw(seed)).add(0.4);
}
