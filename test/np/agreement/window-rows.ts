import type { NDArray, PaddingMode, Pair, Window } from "chalk-and-tape/np";
import { positionsOf } from "#internal/np";
import type { Rows } from "./elementwise-rows.ts";

interface Use {
  readonly size: Pair;
  readonly window: Window;
}

function use(size: Pair, changes: Partial<Window> = {}): Use {
  const padding = [[0, 0], [0, 0]] as const; // biome-ignore format: a matrix
  const plain = { kernel: [3, 2], stride: [1, 1], dilation: [1, 1], padding, mode: "zeros" } as const;
  return { size, window: { ...plain, ...changes } };
}

const modes: readonly PaddingMode[] = ["zeros", "reflect", "replicate", "circular"];
// biome-ignore format: a table, one use a line
const uses: readonly Use[] = [
  use([5, 6]),
  use([9, 7], { stride: [2, 3] }),
  use([7, 6], { dilation: [2, 3] }),
  use([3, 3], { kernel: [1, 1], stride: [2, 1] }),
  use([4, 5], { padding: [[1, -1], [2, 0]] }),
  ...modes.map((mode) => use([4, 4], { mode, padding: [[1, 2], [2, 1]] })),
  use([12, 12], { kernel: [5, 5], padding: [[2, 2], [2, 2]] }),
];

/** One or two groups, each of two channels of x and three of y, in two samples. */
interface Convolution extends Use {
  readonly groups: number;
  readonly x: readonly number[];
  readonly weight: readonly number[];
  readonly y: readonly number[];
}
const few: readonly Convolution[] = uses.flatMap(({ size, window }) =>
  [1, 2].map((groups) => ({
    size,
    window,
    groups,
    x: [2, 2 * groups, ...size],
    weight: [3 * groups, 2, ...window.kernel],
    y: [2, 3 * groups, ...positionsOf("conv2d", size, window)],
  })),
);

/** What Winograd's algorithm is for: windows of 3 × 3, many channels, many positions, an even number of them along each axis. */
function many(
  samples: number,
  channels: Pair,
  size: Pair,
  changes: Partial<Window> = {},
  groups: number = 1,
): Convolution {
  const padding = [[1, 1], [1, 1]] as const; // biome-ignore format: a matrix
  const { window } = use(size, { kernel: [3, 3], padding, ...changes });
  return {
    size,
    window,
    groups,
    x: [samples, channels[0], ...size],
    weight: [channels[1], channels[0] / groups, 3, 3],
    y: [samples, channels[1], ...positionsOf("conv2d", size, window)],
  };
}
// biome-ignore format: a table, one use a line
const convolutions: readonly Convolution[] = [
  ...few,
  many(9, [8, 9], [16, 16]), // more tiles than are worked on at once
  many(3, [10, 8], [12, 14]), // rows of seven tiles, where four are worked on at once
  many(16, [8, 11], [4, 4]), // rows of two
  many(64, [9, 8], [2, 2]), // rows of one
  many(5, [8, 8], [12, 8], { padding: [[0, 0], [0, 0]] }),
  many(5, [8, 8], [8, 6], { padding: [[2, 2], [2, 2]] }),
  many(5, [9, 8], [8, 10], { padding: [[2, 0], [0, 2]] }),
  many(4, [8, 9], [7, 10], { padding: [[2, 1], [1, 1]] }), // not for x, which has an odd number of rows
  // Never: more padding, less than none, steps of two, places further apart, mirrored edges, groups.
  many(5, [8, 8], [8, 26], { padding: [[3, 1], [1, 1]] }),
  many(5, [8, 8], [8, 10], { padding: [[1, -1], [1, 1]] }),
  many(8, [8, 8], [4, 10], { stride: [2, 1], padding: [[2, 3], [1, 1]] }),
  many(8, [8, 8], [10, 4], { stride: [1, 2], padding: [[1, 1], [2, 3]] }),
  many(5, [8, 8], [8, 10], { dilation: [2, 1], padding: [[2, 2], [1, 1]] }),
  many(5, [8, 8], [8, 10], { dilation: [1, 2], padding: [[1, 1], [2, 2]] }),
  many(5, [8, 8], [8, 10], { mode: "reflect" }),
  many(5, [16, 16], [8, 10], {}, 2),
];

export const conv2d: Rows<[NDArray, NDArray, Window, number]> = (draw) =>
  convolutions.map(({ x, weight, window, groups }) => [
    draw.normal(...x),
    draw.normal(...weight),
    window,
    groups,
  ]);
export const convTranspose2d: Rows<[NDArray, NDArray, Window, number, Pair]> = (draw) =>
  convolutions.map(({ y, weight, window, groups, size }) => [
    draw.normal(...y),
    draw.normal(...weight),
    window,
    groups,
    size,
  ]);
export const conv2dWeight: Rows<[NDArray, NDArray, Window, number]> = (draw) =>
  convolutions.map(({ y, x, window, groups }) => [draw.normal(...y), draw.normal(...x), window, groups]);

export const im2col: Rows<[NDArray, Window]> = (draw) =>
  uses.map(({ size, window }) => [draw.normal(2, 3, ...size), window]);
export const col2im: Rows<[NDArray, Window, Pair]> = (draw) =>
  uses.map(({ size, window }) => {
    const seen = [2, 3, ...window.kernel, ...positionsOf("col2im", size, window)];
    return [draw.normal(...seen), window, size];
  });
/** For windows of 2 × 2 side by side, which have a kernel of their own: odd sizes, one position. */
const halved: readonly [number, number, number, number][] = [
  [2, 3, 8, 9],
  [1, 2, 7, 11],
  [2, 2, 2, 3],
  [1, 2, 3, 2],
];

export const pooling: Rows<[NDArray, Window]> = (draw) => [
  ...im2col(draw),
  [draw.special(2, 3, 6, 7), use([6, 7]).window],
  ...halved.map(([samples, channels, ...size]): [NDArray, Window] => [
    draw.special(samples, channels, ...size),
    use(size, { kernel: [2, 2], stride: [2, 2] }).window,
  ]),
  [draw.special(2, 3, 8, 8), use([8, 8], { kernel: [2, 2], stride: [2, 2], padding: [[0, 0], [1, 1]] }).window],
  [draw.special(2, 3, 8, 8), use([8, 8], { kernel: [2, 2], stride: [1, 2] }).window],
  ...draw.large((): [NDArray, Window] => [
    draw.special(3, 30, 28, 28), // more than are worked on at once
    use([28, 28], { kernel: [2, 2], stride: [2, 2] }).window,
  ]),
]; // biome-ignore format: one use a line
export const unpooling: Rows<[NDArray, NDArray, Window]> = (draw) =>
  pooling(draw).map(([x, window]) => {
    const size = x.shape.slice(2) as [number, number];
    return [draw.normal(...x.shape.slice(0, 2), ...positionsOf("maxUnpool2d", size, window)), x, window];
  });
