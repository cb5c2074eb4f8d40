import { formatShape, type NDArray, ShapeError } from "../np/index.ts";
import {
  anyNumber,
  describe,
  integer,
  type OptionTable,
  optional,
  settleOptions,
  text,
  withoutDefault,
} from "../np/internal.ts";
import { chart } from "./chart.ts";
import { inkOn, shadeAt } from "./gradient.ts";
import { inPixels } from "./linear-axis.ts";
import { short } from "./number-format.ts";
import { arrayOf, type Numbers, valuesOf } from "./numbers.ts";
import { lightness, palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

export interface OutputPixelOptions {
  /** Pixels of 0 around the image. Default 0. */
  readonly padding?: number | undefined;
  /** What is added to the sum of the products. Default 0. */
  readonly bias?: number | undefined;
  /** Above the picture. Default: none. */
  readonly title?: string | undefined;
}

const contract = {
  name: "outputPixel",
  positional: {},
  options: {
    padding: optional(integer({ least: 0, most: 1000 }), 0),
    bias: optional(anyNumber, 0),
    title: withoutDefault(text),
  } satisfies OptionTable<OutputPixelOptions>,
};

const cell = { side: 38, gap: 34, text: 20 };

/**
 * Draws how a convolution makes its output at row `row` and column `column`: for each channel the
 * window of the image, the kernel, and their products; below, the sum of all products and the bias.
 * Up to 7 × 7 kernels are readable. The stride is 1.
 * Shapes: image (C, H, W), kernel (C, KH, KW).
 * @throws ShapeError for other shapes; RangeError for a pixel that the output does not have
 * @example outputPixel(ones([3, 5, 5]), ones([3, 3, 3]), 1, 1, { bias: 0.5 }).description // "27 products with sum 27; with the bias 0.5 the output is 27.5."
 */
export function outputPixel(
  image: Numbers,
  kernel: Numbers,
  row: number,
  column: number,
  options: OutputPixelOptions = {},
): Picture {
  const x = arrayOf("outputPixel", "image", image, [3]);
  const w = arrayOf("outputPixel", "kernel", kernel, [3]);
  const { padding, bias, title } = settleOptions("outputPixel", contract, options);
  const [channels = 0, height = 0, width = 0] = w.shape;
  if (w.size === 0 || x.shape[0] !== channels)
    throw new ShapeError(
      `outputPixel: image has shape ${formatShape(x.shape)} and kernel ${formatShape(w.shape)}, expected (C, H, W) and (C, KH, KW) with the same C; of a batch and of several kernels, slice one`,
    );
  const [rows, columns] = [
    (x.shape[1] ?? 0) + 2 * padding - height + 1,
    (x.shape[2] ?? 0) + 2 * padding - width + 1,
  ];
  if (rows < 1 || columns < 1)
    throw new ShapeError(
      `outputPixel: the kernel ${formatShape([height, width])} is larger than the image ${formatShape(x.shape.slice(1))} with padding ${padding}; give a smaller kernel or more padding`,
    );
  expectPlace("row", row, rows);
  expectPlace("column", column, columns);
  const window = windowOf(x, [row - padding, column - padding], [height, width]);
  const weights = valuesOf(w);
  const products = weights.map((weight, i) => weight * (window[i] ?? 0));
  const sum = products.reduce((total, product) => total + product, 0);
  const said = `${products.length} products`;
  const grids = [
    { name: "window", values: window, sign: "" },
    { name: "kernel", values: weights, sign: "×" },
    { name: "products", values: products, sign: "=" },
  ];
  const across = width * cell.side + cell.gap;
  const down = height * cell.side + cell.text;
  const cells = grids.flatMap(({ values }, g) => {
    const most = Math.max(...values.map(Math.abs)) || 1;
    return values.map((value, k) => {
      const [c, i, j] = [Math.floor(k / (height * width)), Math.floor(k / width) % height, k % width];
      const shade = shadeAt((value / most + 1) / 2, lightness);
      return {
        x: g * across + j * cell.side,
        y: cell.text + c * down + i * cell.side,
        fill: `rgb(${shade.join(",")})`,
        ink: inkOn(shade),
        text: value.toFixed(2).replace("-0.00", "0.00"),
      };
    });
  });
  const middle = (c: number): number => cell.text + c * down + (height * cell.side) / 2;
  const words = [
    ...grids.map(({ name }, g) => ({ x: g * across + (width * cell.side) / 2, y: 6, text: name })),
    ...Array.from({ length: channels }, (_, c) => ({ x: -cell.gap, y: middle(c), text: `channel ${c}` })),
    ...grids.flatMap(({ sign }, g) =>
      Array.from({ length: channels }, (_, c) => ({
        x: g * across - cell.gap / 2,
        y: middle(c),
        text: sign,
      })),
    ),
    {
      x: (3 * across - cell.gap) / 2,
      y: cell.text + channels * down + 4,
      text: `sum of ${said} ${short(sum)}  +  bias ${short(bias)}  =  ${short(sum + bias)}`,
    },
  ];
  const place = (dx: number): object => ({
    x: inPixels("x"),
    y: inPixels("y"),
    xOffset: { value: dx },
    yOffset: { value: dx },
  });
  return chart(
    `${said} with sum ${short(sum)}; with the bias ${short(bias)} the output is ${short(sum + bias)}.`,
    {
      width: 3 * across - cell.gap,
      height: cell.text + channels * down + cell.text,
      layer: [
        {
          data: { values: cells },
          mark: { type: "square", size: (cell.side - 2) ** 2, opacity: 1 },
          encoding: { ...place(cell.side / 2), color: { field: "fill", type: "nominal", scale: null } },
        },
        {
          data: { values: cells },
          mark: { type: "text", fontSize: 12 },
          encoding: {
            ...place(cell.side / 2),
            text: { field: "text" },
            color: { field: "ink", type: "nominal", scale: null },
          },
        },
        {
          data: { values: words },
          mark: { type: "text", fontSize: 13, color: palette.ink },
          encoding: { ...place(0), text: { field: "text" } },
        },
      ],
    },
    { title },
  );
}

/** The elements of a window of x (C, H, W), row by row; 0 outside. */
function windowOf(
  x: NDArray,
  [top, left]: readonly [number, number],
  [height, width]: readonly [number, number],
): number[] {
  const [channels = 0, rows = 0, columns = 0] = x.shape;
  const values: number[] = [];
  for (let c = 0; c < channels; c++) {
    for (let i = top; i < top + height; i++) {
      for (let j = left; j < left + width; j++) {
        const inside = i >= 0 && i < rows && j >= 0 && j < columns;
        values.push(inside ? x.item(c, i, j) : 0);
      }
    }
  }
  return values;
}

function expectPlace(name: string, place: number, length: number): void {
  if (Number.isInteger(place) && place >= 0 && place < length) return;
  throw new RangeError(
    `outputPixel: ${name} is ${describe(place)}; expected a whole number from 0 to ${describe(length - 1)}, as the output has ${length}`,
  );
}
