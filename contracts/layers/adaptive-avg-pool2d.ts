import { type DType, NDArray } from "../../np/index.ts";
import { argument, type Contract, floating, type None } from "../../np/internal.ts";
import { expectShape } from "../checks/shapes.ts";

/** The number of rows and columns; null keeps the image's own number. */
export type OutputSize = number | null | readonly [height: number | null, width: number | null];

const isSize = (x: unknown): boolean => x === null || typeof x === "number";

export const AdaptiveAvgPool2d: Contract<{ outputSize: OutputSize }, None> = {
  name: "AdaptiveAvgPool2d",
  positional: {
    outputSize: argument(
      "pair",
      "a whole number >= 1, or a pair of them; null keeps the image's own",
      (x) => isSize(x) || (Array.isArray(x) && x.length === 2 && x.every(isSize)),
      (size) => outputSizes(size).every((n) => n === null || (Number.isInteger(n) && n >= 1)),
      { bounds: { least: 1 }, nullable: true },
    ),
  },
  options: {},
};

/** Height and width. */
export function outputSizes(size: OutputSize): readonly [height: number | null, width: number | null] {
  return typeof size === "number" || size === null ? [size, size] : [...size];
}

/** The adaptive average of an image as a matrix: (OH·OW, H·W), every row 1/size on its window and 0 elsewhere. */
export interface AdaptiveAverages {
  readonly matrix: NDArray;
  /** (N·C, H·W): one row for each image and channel. */
  readonly rows: readonly [number, number];
  /** (N, C, OH, OW). */
  readonly y: readonly number[];
}

/**
 * Cuts H into OH parts of nearly equal size: part i is rows ⌊i·H/OH⌋ … ⌈(i + 1)·H/OH⌉ − 1.
 * Parts overlap if OH does not divide H.
 * @throws ShapeError unless x is (N, C, H, W)
 */
export function adaptiveAverages(
  where: string,
  x: readonly number[],
  dtype: DType,
  [height, width]: readonly [height: number | null, width: number | null],
): AdaptiveAverages {
  const hint = "one image is a batch of one: x.reshape(1, C, H, W)";
  expectShape(where, "x", x, ["N", "C", "H", "W"], x.length === 3 ? hint : "");
  const [N, C, H, W] = x as [number, number, number, number];
  const [OH, OW] = [height ?? H, width ?? W];
  const matrix = NDArray.empty([OH * OW, H * W], floating(dtype));
  const data = matrix.flat();
  for (let i = 0; i < OH * OW; i++) {
    const [rows, columns] = [part(Math.floor(i / OW), H, OH), part(i % OW, W, OW)];
    for (let row = rows.start; row < rows.stop; row++) {
      const start = i * H * W + row * W;
      data.fill(1 / (rows.length * columns.length), start + columns.start, start + columns.stop);
    }
  }
  return { matrix, rows: [N * C, H * W], y: [N, C, OH, OW] };
}

function part(i: number, n: number, parts: number): { start: number; stop: number; length: number } {
  const [start, stop] = [Math.floor((i * n) / parts), Math.ceil(((i + 1) * n) / parts)];
  return { start, stop, length: stop - start };
}
