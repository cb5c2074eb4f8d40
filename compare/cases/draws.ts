import { array, concatenate, type NDArray, type Random } from "../../np/index.ts";

/** Standard normal numbers. */
export function normal(...shape: number[]): (rng: Random) => NDArray {
  return (rng) => rng.normal(0, 1, shape);
}
/** Numbers of any size up to some thousand, of which exp overflows: in every sample the first is of size 1. */
export function large(n: number, d: number): (rng: Random) => NDArray {
  return (rng) => {
    const scales = array(Array.from({ length: d }, (_, i) => (i === 0 ? 1 : 1000)));
    return rng.normal(0, 1, [n, d]).mul(scales);
  };
}
/** Rows of size 1 around numbers of size 1000: exp overflows, and a difference of two elements does not. */
export function shifted(n: number, d: number): (rng: Random) => NDArray {
  return (rng) => rng.normal(0, 1, [n, d]).add(rng.normal(0, 1000, [n, 1]));
}
/** Standard normal samples, and the same with the other sign: a ReLU that sleeps on x is in general awake on −x. */
export function mirrored(...shape: number[]): (rng: Random) => NDArray {
  return (rng) => {
    const x = rng.normal(0, 1, shape);
    return concatenate([x, x.neg()]);
  };
}
/** Signs by chance, but for the first ones, which every sample has: where all of a sample's are negative, ReLU has nothing to show. */
export function signs(
  n: number,
  d: number,
  first: readonly number[],
  choose: (rng: Random, count: number) => NDArray,
): (rng: Random) => NDArray {
  return (rng) => {
    const every = array(Array.from({ length: n }, () => first));
    const rest = d - first.length;
    return concatenate(
      [
        every,
        choose(rng, n * rest)
          .reshape(n, rest)
          .astype("float64"),
      ],
      1,
    );
  };
}
/** Signed numbers at least 0.05 from 0, where ReLU has its kink. */
export function awayFromZero(n: number, d: number): (rng: Random) => NDArray {
  const either = signs(n, d, [1, -1], (rng, count) => rng.choice(2, count).mul(2).sub(1));
  return (rng) => rng.uniform(0.05, 2, [n, d]).mul(either(rng));
}
/** Numbers in 0.05 … 0.95. */
export function probabilities(...shape: number[]): (rng: Random) => NDArray {
  return (rng) => rng.uniform(0.05, 0.95, shape);
}
/** Rows of probabilities that sum to 1. */
export function distributions(n: number, classes: number): (rng: Random) => NDArray {
  return (rng) => {
    const weights = rng.uniform(0.1, 1, [n, classes]);
    return weights.div(weights.sum(1, true));
  };
}
/** Class indices. */
export function classes(n: number, count: number): (rng: Random) => NDArray {
  return (rng) => rng.choice(count, n);
}
