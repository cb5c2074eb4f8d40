import type { Axis, Index, NDArray } from "chalk-and-tape/np";
import type { Kernels } from "#internal/np";
import type { Draws } from "./draws.ts";
import { binary, choosing, converting, type Rows, shapes, unary } from "./elementwise-rows.ts";
import { col2im, conv2d, conv2dWeight, convTranspose2d, im2col, pooling, unpooling } from "./window-rows.ts";

/** Over all, over one axis, over several that lie apart. */
const reduction: Rows<[NDArray, Axis, boolean]> = (draw) =>
  [false, true].flatMap((keepdims): [NDArray, Axis, boolean][] => [
    ...shapes.map((shape): [NDArray, Axis, boolean] => [draw.normal(...shape), null, keepdims]),
    ...[0, 1, -1].map((axis): [NDArray, Axis, boolean] => [draw.normal(33, 17), axis, keepdims]),
    ...[[0], [1], [0, 2], [1, 3], []].map((axes): [NDArray, Axis, boolean] => [
      draw.normal(2, 9, 4, 5),
      axes,
      keepdims,
    ]),
    [draw.normal(1000, 3), 0, keepdims],
    [draw.special(9, 13), 1, keepdims],
    [draw.normal(0, 3), 0, keepdims],
    ...draw.large((shape): [NDArray, Axis, boolean] => [draw.normal(...shape), 1, keepdims]),
    // Rows that are longer than what WebAssembly is given at once.
    ...[0, 1].flatMap((axis) =>
      draw.large((): [NDArray, Axis, boolean] => [draw.normal(3, 20_001), axis, keepdims]),
    ),
  ]);

const choice: Rows<[NDArray, number | null, boolean]> = (draw) =>
  reduction(draw).filter((row): row is [NDArray, number | null, boolean] => !Array.isArray(row[1]));

/** Along one axis. */
const along: Rows<[NDArray, number]> = (draw) =>
  choice(draw).flatMap(([x, axis]): [NDArray, number][] => (axis === null ? [] : [[x, axis]]));
const triangle: Rows<[NDArray, number]> = (draw) =>
  [0, 1, -2].flatMap((k): [NDArray, number][] => [
    [draw.normal(5, 5), k],
    [draw.special(2, 3, 9), k],
    [draw.normal(7, 3), k],
    [draw.normal(0, 3), k],
  ]);

/** Few elements and many, sums along the last axis and others, one longer than a piece, none. */
const crossEntropies: Rows<[NDArray, NDArray, number]> = (draw) => [
  ...([[[3, 5], 1], [[3, 5], 0], [[64, 10], 1], [[33, 65], 1], [[9, 7, 40], 1], [[700, 3], 0], [[1, 600], 1], [[0, 3], 1], [[3, 0], 1]] as const).map(([shape, axis]): [NDArray, NDArray, number] => [draw.normal(...shape), draw.normal(...shape), axis]),
  [draw.special(3, 5), draw.normal(3, 5), 1], [draw.special(60, 13), draw.mask(60, 13), 1], [draw.normal(60, 13), draw.special(60, 13), 1], [draw.special(13, 60).mul(draw.mask(13, 60)), draw.mask(13, 60), 0],
  ...draw.large((shape): [NDArray, NDArray, number] => [draw.normal(...shape), draw.positive(...shape), 1]),
  ...draw.large((): [NDArray, NDArray, number] => [draw.normal(3, 20_001), draw.positive(3, 20_001), 1]),
]; // biome-ignore format: one use a line

/** Rows that end in memory, and such as do not. */
const summed: readonly (readonly [shape: number[], axis: Axis])[] = [
  [[33, 17], 1], [[33, 17], 0], [[33, 17], null], [[2, 9, 4, 5], [0, 2, 3]], [[64, 8, 6, 6], [0, 2, 3]], [[2, 9, 40], [1]], [[0, 3], 0], [[3, 0], 1],
]; // biome-ignore format: shapes
const long = [
  [3, 20_001],
  [0, 1],
] as const;
const sumOfProducts: Rows<[NDArray, NDArray, Axis, boolean]> = (draw) => [
  ...summed.map(([shape, axis]): [NDArray, NDArray, Axis, boolean] => [draw.normal(...shape), draw.normal(...shape), axis, false]),
  ...draw.large((): [NDArray, NDArray, Axis, boolean] => [draw.normal(...long[0]), draw.normal(...long[0]), 1, true]),
  [draw.special(9, 130), draw.special(9, 130), 1, true],
]; // biome-ignore format: one use a line
const variance: Rows<[NDArray, Axis, boolean]> = (draw) => [
  ...summed.filter(([shape]) => !shape.includes(0)).map(([shape, axis]): [NDArray, Axis, boolean] => [draw.normal(...shape), axis, true]),
  ...draw.large((): [NDArray, Axis, boolean] => [draw.normal(...long[0]), 1, false]),
]; // biome-ignore format: one use a line
/** Channels of long rows and short ones, of columns, and one row longer than a piece. */
const channels: readonly (readonly [shape: readonly number[], axes: readonly number[]])[] = [
  [[4, 3, 50], [0, 2]], [[2, 9, 4, 50], [0, 2, 3]], [[24, 9, 80], [0, 2]], [[3, 5, 2], [0, 2]], [[700, 3], [0]], [[1, 20_001], [1]], [[2, 8_200], [0, 1]],
]; // biome-ignore format: shapes
const average: Rows<[NDArray, readonly number[]]> = (draw) =>
  channels.map(([shape, axes]) => [draw.normal(...shape).add(3), axes]);
const together: Rows<[NDArray, NDArray, NDArray, readonly number[]]> = (draw) =>
  channels.map(([shape, axes]) => {
    const y = draw.normal(...shape).add(3);
    return [draw.normal(...shape), y, y.mean(axes, true), axes];
  });
const normalized: Rows<[NDArray[], NDArray, NDArray, readonly number[]]> = (draw) =>
  channels.map(([shape, axes]) => {
    const x = draw.normal(...shape).add(3);
    const one = x.mean(axes, true).shape;
    return [[x, draw.normal(...one), draw.normal(...one)], x.mean(axes, true), draw.positive(...one), axes];
  });
/** Dense, one row that repeats, one number for each row, one number. */
const stretchedThree: Rows<[NDArray, NDArray, NDArray]> = (draw) => [
  ...([
    [[3, 5], [3, 5], [3, 5]], [[64, 100], [100], [100]], [[64, 100], [64, 1], [64, 100]], [[2, 9, 4, 50], [9, 1, 1], [9, 1, 1]],
    [[9, 1, 1], [2, 9, 4, 50], [9, 1, 1]], [[2, 9, 8, 8], [2, 9, 8, 8], [9, 1, 1]], [[4], [3, 1], []], [[700, 1], [1, 2], [1]], [[700, 3], [700, 1], [700, 1]],
  ] as const).map(([a, b, c]): [NDArray, NDArray, NDArray] => [draw.normal(...a), draw.normal(...b), draw.positive(...c)]),
  ...draw.large((): [NDArray, NDArray, NDArray] => [draw.normal(2, 20_001), draw.normal(2, 1), draw.positive(2, 20_001)]),
  ...draw.large((): [NDArray, NDArray, NDArray] => [draw.normal(2, 20_001), draw.normal(20_001), draw.positive(2, 20_001)]),
  [draw.special(9, 130), draw.special(9, 130), draw.special(9, 130)],
]; // biome-ignore format: one use a line
/** The same with three more operands, lying otherwise. */
const stretchedSix: Rows<[NDArray, NDArray, NDArray, NDArray, NDArray, NDArray]> = (draw) => {
  const [first, second] = [stretchedThree(draw), stretchedThree(draw)];
  return first.map(([a, b, c], i) => {
    const [d, e, f] = second[i] as [NDArray, NDArray, NDArray];
    return i % 2 === 0 ? [c, a, b, d, e, f] : [a, d, c, b, f, e];
  });
};

// biome-ignore format: shapes
const products: readonly (readonly [a: readonly number[], b: readonly number[]])[] = [
  [[1, 1], [1, 1]], [[3, 5], [5, 7]], [[64, 300], [300, 33]], [[65, 71], [71, 129]],
  [[2, 0], [0, 3]], [[4, 3, 5], [5, 6]], [[2, 1, 3, 5], [4, 5, 6]], [[1, 200], [200, 50]],
];
// biome-ignore format: shapes
const vectorProducts: typeof products = [
  [[64, 300], [300]],
  [[300], [300, 33]],
  [[4, 3, 5], [5]],
  [[5], [4, 5, 6]],
];
const parts = [[null, [1, null, 2]], [[null, null, -1]], [0, [-3, -1]], [[2, 2]], [null, 1, [null, null, 3]]] as const; // biome-ignore format: ranges
const withArrays = (draw: Draws): Index<NDArray>[][] => [[draw.indices(4, 9)], [null, draw.indices(5, 3, 1), draw.indices(6, 7)], [draw.mask(4, 5), [null, null, -2]]]; // biome-ignore format: indices

/** Every op; one that is missing, or a row with other arguments, does not compile. */
// biome-ignore format: a table, one op a line
export const opRows: { readonly [K in keyof Kernels]: Rows<Parameters<Kernels[K]>> } = {
  add: binary(), sub: binary(), mul: binary(), div: binary(), pow: (draw) => [...binary()(draw), ...binary("positive")(draw)],
  maximum: binary(), minimum: binary(), logaddexp: binary(),
  greater: binary(), greaterEqual: binary(), less: binary(), lessEqual: binary(), equal: binary(), notEqual: binary(),
  neg: unary(), exp: unary(), expm1: unary(), log: unary("positive"), sqrt: unary("positive"), abs: unary(), sigmoid: unary(), tanh: unary(),
  reciprocal: unary("positive"), log1p: unary("positive"), log2: unary("positive"), log10: unary("positive"),
  sin: unary(), cos: unary(), tan: unary(), arcsin: unary(), arccos: unary(), arctan: unary(), sinh: unary(), cosh: unary(),
  floor: unary(), ceil: unary(), trunc: unary(), rint: unary(), clip: (draw) => [...unary()(draw).map(([x]): [NDArray, number, number] => [x, 0, 1]), [draw.special(9, 13), 1, null], [draw.special(9, 13), null, 1]],
  erf: unary(), sign: unary(), isfinite: unary(), astype: converting, where: choosing, wherePositive: (draw) => [...[...binary()(draw)].filter((pair): pair is [NDArray, NDArray] => typeof pair[1] !== "number"), [draw.normal(33, 65).mul(draw.normal(33, 65).greater(0)), draw.normal(33, 65)]],
  sum: reduction, mean: reduction, prod: reduction, cumsum: along, argsort: (draw) => along(draw).flatMap(([x, axis]): [NDArray, number, boolean][] => [[x, axis, false], [x, axis, true]]),
  linearRecurrence: (draw) => along(draw).map(([x, axis]): [NDArray, NDArray, number] => [x, draw.normal(...x.shape), axis]),
  tril: triangle, triu: triangle,
  logsumexp: reduction, logSoftmax: along, max: choice, min: choice, argmax: choice, argmin: choice,
  softmaxCrossEntropy: crossEntropies, softmaxMinus: (draw) => crossEntropies(draw).flatMap(([x, t, axis]): [NDArray, NDArray, NDArray | number, number][] => [[x, t, 0.3, axis], [x, t, draw.normal(...x.shape.filter((_, i) => i !== axis)), axis]]),
  vecdot: sumOfProducts, var: variance, moments: average, comoments: together, addcmul: stretchedThree, addcmul2: stretchedSix, normalize: normalized, standardize: (draw) => stretchedThree(draw).map(([x, mean, std]) => [x, mean, std, []]),
  matmul: (draw) => [...[...products, ...vectorProducts].map(([a, b]): [NDArray, NDArray] => [draw.normal(...a), draw.normal(...b)]), ...draw.large((): [NDArray, NDArray] => [draw.normal(300, 257), draw.normal(257, 64)])],
  addmm: (draw) => [...products.filter(([a, b]) => a.length + b.length === 4).flatMap(([a, b]) => [[b[1] as number], [1, b[1] as number], [a[0] as number, 1], []].map((input): [NDArray, NDArray, NDArray] => [draw.normal(...input), draw.normal(...a), draw.normal(...b)])), ...draw.large((): [NDArray, NDArray, NDArray] => [draw.normal(64), draw.normal(300, 257), draw.normal(257, 64)])],
  transpose: (draw) => [[draw.normal(3, 5), [1, 0]], [draw.normal(2, 3, 4), [2, 0, 1]], [draw.normal(), []]],
  reshape: (draw) => [[draw.normal(4, 6), [3, 8]], [draw.normal(2, 3, 4), [-1]], [draw.normal(1), []]],
  broadcastTo: (draw) => [[draw.normal(5), [3, 5]], [draw.normal(4, 1), [2, 4, 3]], [draw.normal(), [2, 2]]],
  slice: (draw) => [...parts, ...withArrays(draw)].map((index): [NDArray, readonly Index<NDArray>[]] => [draw.normal(4, 5, 6), index]),
  unslice: (draw) => [...parts, ...withArrays(draw)].map((index): [NDArray, readonly Index<NDArray>[], number[]] => [draw.normal(...draw.rows(4, 5, 6).slice(...index).shape), index, [4, 5, 6]]),
  pad: (draw) => [[draw.normal(3, 5), [[1, 2], [0, 3]], 0], [draw.normal(4), [[2, 0]], 7]],
  gather: (draw) => [[draw.normal(5, 7), draw.indices(7, 5, 3), 1], [draw.normal(5, 7), draw.indices(5, 9, 7), 0]],
  scatter: (draw) => [[draw.normal(5, 3), draw.indices(7, 5, 3), 1, [5, 7]], [draw.normal(9, 7), draw.indices(5, 9, 7), -2, [5, 7]]],
  conv2d, convTranspose2d, conv2dWeight, im2col, col2im, maxPool2d: pooling, maxUnpool2d: unpooling, argmaxPool: pooling,
  concatenate: (draw) => [[[draw.normal(3, 5), draw.normal(2, 5)], 0], [[draw.normal(3, 5), draw.rows(3, 1), draw.normal(3, 9)], -1]],
  stack: (draw) => [[[draw.normal(3, 5), draw.rows(3, 5)], 0], [[draw.normal(3, 5), draw.normal(3, 5)], 2]],
};
