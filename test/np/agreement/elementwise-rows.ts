import type { DType, NDArray } from "chalk-and-tape/np";
import type { Draws } from "./draws.ts";

/** What an op is asked to compute: one list of arguments a row. */
export type Rows<Arguments> = (draw: Draws) => readonly Arguments[];
type Kind = "normal" | "positive";
type Pair = readonly [a: readonly number[], b: readonly number[]];

/** Sizes around those of vectors and tiles, with a rest and without, and no element at all. */
export const shapes: readonly (readonly number[])[] = [[], [1], [5], [16], [3, 5], [33, 65], [2, 3, 4, 5], [0, 3]]; // biome-ignore format: shapes
// biome-ignore format: shapes
const stretched: readonly Pair[] = [
  [[3, 5], [5]], [[5], [2, 3, 5]], [[7, 1], [1, 9]], [[], [4]], [[4], []], [[2, 3, 4], [3, 1]], [[64, 100], [100]], [[64, 100], [64, 1]],
  [[0, 3], [1, 3]],
];
/** Equal, and stretched on either side. */
const pairs: readonly Pair[] = [...shapes.map((shape): Pair => [shape, shape]), ...stretched];

export const unary =
  (kind: Kind = "normal"): Rows<[NDArray]> =>
  (draw) => [
    ...shapes.map((shape): [NDArray] => [draw[kind](...shape)]),
    [draw.special(9, 13)],
    ...draw.large((shape): [NDArray] => [draw[kind](...shape)]),
  ];

export const binary =
  (kind: Kind = "normal"): Rows<[NDArray, NDArray | number]> =>
  (draw) => [
    ...pairs.map(([a, b]): [NDArray, NDArray] => [draw[kind](...a), draw[kind](...b)]),
    [draw[kind](6, 11), draw.rows(6, 11)],
    [draw.rows(6, 11), draw[kind](6, 11)],
    [draw.special(9, 13), draw.special(9, 13)],
    [draw.special(9, 13), draw.special(13)],
    ...[3, 2, 0, -2, 0.5, Number.NaN, Number.POSITIVE_INFINITY].flatMap((n): [NDArray, number][] => [
      [draw.normal(5, 7), n],
      [draw.special(5, 7), n],
    ]),
    ...draw.large((shape): [NDArray, NDArray] => [draw[kind](...shape), draw[kind](...shape)]),
  ];

export const choosing: Rows<[NDArray, NDArray | number, NDArray | number]> = (draw) => [
  ...pairs.map(([a, b]): [NDArray, NDArray, NDArray] => [draw.mask(...a), draw.normal(...a), draw.normal(...b)]), // biome-ignore format: a row
  [draw.mask(4, 1), draw.normal(5), 2],
  [draw.mask(9, 13), 0, draw.special(9, 13)],
  [draw.special(9, 13), draw.normal(9, 13), draw.normal(13)],
];

/** Positive, since a float that an integer cannot hold has no meaning. */
export const converting: Rows<[NDArray, DType]> = (draw) =>
  (["float64", "float32", "int32", "uint8"] as const).flatMap((dtype) =>
    shapes.map((shape): [NDArray, DType] => [draw.positive(...shape), dtype]),
  );
