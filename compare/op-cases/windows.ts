import type { TensorFunction } from "../../autograd/index.ts";
import {
  col2im,
  conv2d,
  convTranspose2d,
  im2col,
  maxPool2d,
  type PaddingMode,
  type Pair,
  type Window,
} from "../../np/index.ts";
import { conv2dWeight, maxUnpool2d, positionsOf } from "../../np/internal.ts";
import { spread } from "./numbers.ts";
import type { OpCase, OpCases } from "./op-case.ts";

/** A window with its options, and the size of the images that it slides over. */
interface Use {
  readonly what: string;
  readonly size: Pair;
  readonly window: Window;
}

function use(what: string, size: Pair, changes: Partial<Window> = {}): Use {
  const padding = [[0, 0], [0, 0]] as const; // biome-ignore format: a matrix
  const plain = { kernel: [2, 3], stride: [1, 1], dilation: [1, 1], padding, mode: "zeros" } as const;
  return { what, size, window: { ...plain, ...changes } };
}

function padded(mode: PaddingMode): Use {
  return use(`padded by ${mode}`, [3, 4], { mode, padding: [[1, 2], [2, 0]] }); // biome-ignore format: one call
}

// biome-ignore format: a table, one case a line
const others: readonly Use[] = [
  use("steps that do not reach the end", [5, 7], { stride: [2, 3] }),
  use("dilated", [5, 6], { dilation: [3, 2] }),
  use("another padding on each side", [3, 3], { padding: [[1, 0], [2, 3]] }),
  use("last rows out of reach", [4, 3], { padding: [[1, -1], [0, 0]] }),
  use("a kernel of one element", [3, 2], { kernel: [1, 1], stride: [2, 1] }),
  padded("reflect"), padded("replicate"), padded("circular"),
];
const overlapping = use("overlapping", [4, 4]);
const padding = use("padded on every side", [3, 4], { padding: [[1, 1], [2, 1]] }); // biome-ignore format: one call

function toColumns({ what, size, window }: Use): OpCase {
  return {
    what,
    f: (x) => im2col(x, window),
    inputs: [spread([2, 2, ...size], 1)],
    affine: [0],
    zeroSecondDerivatives: true,
  };
}

function toImages({ what, size, window }: Use): OpCase {
  const seen = [2, 2, ...window.kernel, ...positionsOf("col2im", size, window)];
  return {
    what,
    f: (x) => col2im(x, window, size),
    inputs: [spread(seen, 1)],
    affine: [0],
    zeroSecondDerivatives: true,
  };
}

function toLargest({ what, size, window }: Use): OpCase {
  return {
    what,
    f: (x) => maxPool2d(x, window),
    inputs: [spread([2, 2, ...size], 1)],
    zeroSecondDerivatives: true,
  };
}

function fromLargest({ what, size, window }: Use): OpCase {
  const x = spread([2, 2, ...size], 1);
  const found = [2, 2, ...positionsOf("maxUnpool2d", size, window)];
  return {
    what,
    f: (y) => maxUnpool2d(y, x(0), window),
    inputs: [spread(found, 2)],
    affine: [0],
    zeroSecondDerivatives: true,
  };
}

/** A use with a number of groups; each group has one channel of x and two of y. */
type Grouped = readonly [use: Use, groups: number];
const grouped: readonly [Grouped, ...Grouped[]] = [
  [overlapping, 1],
  [use("steps that do not reach the end, two groups", [4, 6], { stride: [2, 3] }), 2],
  [use("dilated", [4, 5], { dilation: [3, 2] }), 1],
  [use("a padding of its own on each side, three groups", [2, 2], { padding: [[1, 0], [2, 1]] }), 3], // biome-ignore format: a row
  [use("padded by circular", [2, 3], { mode: "circular", padding: [[1, 0], [1, 1]] }), 1], // biome-ignore format: a row
];

function convolution(
  op: (window: Window, groups: number, size: Pair) => TensorFunction,
  parts: readonly ("x" | "weight" | "y")[],
): readonly [OpCase, ...OpCase[]] {
  const row = ([{ what, size, window }, groups]: Grouped): OpCase => {
    const shapes = {
      x: [2, groups, ...size],
      weight: [2 * groups, 1, ...window.kernel],
      y: [2, 2 * groups, ...positionsOf("conv2d", size, window)],
    };
    const inputs = parts.map((part, i) => spread(shapes[part], i + 1));
    return { what, f: op(window, groups, size), inputs, affine: [0, 1] };
  };
  const [first, ...rest] = grouped;
  return [row(first), ...rest.map(row)];
}

/** Convolutions and pooling, which slide windows over images. */
export const windows: Pick<
  OpCases,
  "conv2d" | "convTranspose2d" | "conv2dWeight" | "im2col" | "col2im" | "maxPool2d" | "maxUnpool2d"
> = {
  conv2d: convolution((window, groups) => (x, w) => conv2d(x, w, window, groups), ["x", "weight"]),
  convTranspose2d: convolution(
    (window, groups, size) => (y, w) => convTranspose2d(y, w, window, groups, size),
    ["y", "weight"],
  ),
  conv2dWeight: convolution((window, groups) => (y, x) => conv2dWeight(y, x, window, groups), ["y", "x"]),
  im2col: [toColumns(overlapping), ...others.map(toColumns)],
  col2im: [toImages(overlapping), ...others.map(toImages)],
  maxPool2d: [toLargest(overlapping), ...others.slice(0, 2).map(toLargest), toLargest(padding)],
  maxUnpool2d: [fromLargest(overlapping), ...others.slice(0, 2).map(fromLargest), fromLargest(padding)],
};
