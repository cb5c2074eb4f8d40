import { arange, array, concatenate, log, type NDArray, type Random, where, zeros } from "../../np/index.ts";

/** Standard normal numbers. */
export function normal(...shape: number[]): (rng: Random) => NDArray {
  return (rng) => rng.normal(0, 1, shape);
}
/** Numbers of sizes up to a few thousand, where exp overflows; the first of every sample has size 1. */
export function large(n: number, d: number): (rng: Random) => NDArray {
  return (rng) => {
    const scales = array(Array.from({ length: d }, (_, i) => (i === 0 ? 1 : 1000)));
    return rng.normal(0, 1, [n, d]).mul(scales);
  };
}
/** Rows of size 1 around offsets of size 1000: exp of an element overflows, exp of a difference does not. */
export function shifted(n: number, d: number): (rng: Random) => NDArray {
  return (rng) => rng.normal(0, 1, [n, d]).add(rng.normal(0, 1000, [n, 1]));
}
/** Standard normal samples and their negatives: a ReLU that is off for x is usually active for −x. */
export function mirrored(...shape: number[]): (rng: Random) => NDArray {
  return (rng) => {
    const x = rng.normal(0, 1, shape);
    return concatenate([x, x.neg()]);
  };
}
/** Random signs after some fixed ones that every sample begins with: with only negative signs ReLU would show nothing. */
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

/** Normal numbers with this standard deviation. */
export function normalOf(scale: number, ...shape: number[]): (rng: Random) => NDArray {
  return (rng) => rng.normal(0, scale, shape);
}
/** Random choices of −step, 0 and step, the kinks of losses; every row has all three. */
export function multiples(step: number, n: number, d: number): (rng: Random) => NDArray {
  return signs(n, d, [step, -step, 0], (rng, count) => rng.choice(3, count).sub(1).mul(step));
}
/** Random targets 1 (alike) and −1 (different); every row begins with two −1 and one 1. */
export function signed(n: number, d: number): (rng: Random) => NDArray {
  return signs(n, d, [-1, -1, 1], (rng, count) => rng.choice(2, count).mul(2).sub(1));
}
/** Numbers on both sides of `limit`, none within 0.05 of it; every row begins with one above and one below. */
export function around(limit: number, n: number, d: number): (rng: Random) => NDArray {
  return (rng) => awayFromZero(n, d)(rng).add(limit);
}
/** Rows of positive numbers, and in the second half of negative ones: the signs of their cosines with positive rows are known. */
export function halfNegative(n: number, d: number): (rng: Random) => NDArray {
  return (rng) => {
    const below = arange(n).less(n / 2);
    const sides = below.astype("float64").mul(2).sub(1).reshape(n, 1);
    return rng.uniform(0.05, 0.95, [n, d]).mul(sides);
  };
}
/** 0 everywhere. */
export function nothing(...shape: number[]): () => NDArray {
  return () => zeros(shape);
}
/** Class indices, only the first of them `first`, for one ignored row among others. */
export function classesAfter(first: number, n: number, count: number): (rng: Random) => NDArray {
  return (rng) => {
    const others = rng.choice(first < 0 ? count : count - 1, n - 1);
    const shifted = first < 0 ? others : where(others.less(first), others, others.add(1));
    return concatenate([array([first], { dtype: "int32" }), shifted]);
  };
}
/** Logarithms of rows of probabilities. */
export function logDistributions(n: number, classes: number): (rng: Random) => NDArray {
  return (rng) => log(distributions(n, classes)(rng));
}
/** One factor for each class, none of them 1. */
export function factors(rng: Random, count: number): NDArray {
  return rng.uniform(1.5, 4, [count]);
}
/** A target to add errors to. */
export function ramp(n: number, d: number): NDArray {
  return arange(n * d)
    .div(10)
    .reshape(n, d);
}
/** The ramp plus errors on both sides of `limit` in every row, none within a tenth of it. */
export function aroundRamp(limit: number, n: number, d: number): (rng: Random) => NDArray {
  const sizes = signs(n, d, [0, 1], (rng, count) => rng.choice(2, count));
  const either = signs(n, d, [], (rng, count) => rng.choice(2, count).mul(2).sub(1));
  return (rng) => {
    const errors = rng.uniform(0.1, 0.9, [n, d]).add(sizes(rng).mul(rng.uniform(1, 3, [n, d])));
    return ramp(n, d).add(errors.mul(limit).mul(either(rng)));
  };
}
