import type { Convolution } from "../../engine.ts";
import { sizeOf } from "../../shape.ts";
import type { Pair } from "../../window.ts";

/**
 * With fewer channels on either side, or fewer tiles in all, transforming the tiles costs more than
 * the multiplications that it saves.
 */
const [fewestChannels, fewestTiles] = [8, 64];

export interface Images {
  readonly channels: number;
  readonly size: Pair;
  /** The number of elements of one sample. */
  readonly length: number;
}

/** A convolution with 3 × 3 windows of stride 1, computed in tiles of 2 × 2 results. */
export interface Tiling {
  readonly samples: number;
  /** The images that the windows slide over. */
  readonly input: Images;
  /** The images with one pixel for each position. */
  readonly output: Images;
  /** The rows and columns of zeros before the input's. */
  readonly before: Pair;
  /** The number of tiles of one image, down and across. */
  readonly tiles: Pair;
}

/**
 * The tiling of a convolution; null if its windows do not qualify, the results do not divide into
 * whole tiles, or it does not pay off. For the gradient of x, the windows slide over y.
 */
export function tilingOf(
  into: "y" | "x" | "w",
  { samples, groups, rows, geometry }: Convolution,
): Tiling | null {
  const { channels, size, kernel, positions } = geometry;
  if (groups !== 1 || kernel[0] !== 3 || kernel[1] !== 3) return null;
  const before = [zerosBefore(geometry.rows, size[0]), zerosBefore(geometry.columns, size[1])] as const;
  const after = [0, 1].map(
    (axis) => (positions[axis] as number) + 2 - (size[axis] as number) - (before[axis] as number),
  );
  if ([...before, ...after].some((zeros) => !(zeros >= 0 && zeros <= 2))) return null;
  const [x, y] = [imagesOf(channels, size), imagesOf(rows, positions)];
  const [input, output] = into === "x" ? [y, x] : [x, y];
  const tiles: Pair = [output.size[0] / 2, output.size[1] / 2];
  const isWhole = tiles.every(Number.isInteger);
  if (!isWhole || Math.min(channels, rows) < fewestChannels || samples * sizeOf(tiles) < fewestTiles)
    return null;
  return { samples, input, output, before: into === "x" ? [2 - before[0], 2 - before[1]] : before, tiles };
}

function imagesOf(channels: number, size: Pair): Images {
  return { channels, size, length: channels * sizeOf(size) };
}

/**
 * The number of zeros before the first of `n` pixels along an axis, if element k of the window
 * covers pixel p + k − zeros at position p; NaN if the stride or the dilation is not 1. `seen` is
 * one of the tables of `np/window-geometry.ts`.
 */
function zerosBefore(seen: Int32Array, n: number): number {
  const positions = seen.length / 3;
  const any = seen.findIndex((pixel) => pixel >= 0);
  const zeros = (any % positions) + Math.floor(any / positions) - (seen[any] as number);
  const isPlain = seen.every((pixel, i) => {
    const expected = (i % positions) + Math.floor(i / positions) - zeros;
    return pixel === (expected >= 0 && expected < n ? expected : -1);
  });
  return isPlain ? zeros : Number.NaN;
}
