import { ShapeError } from "../np/index.ts";
import { type OptionTable, settleOptions, withoutDefault } from "../np/internal.ts";
import { names } from "./arguments.ts";
import { type Labels, labels } from "./labels.ts";
import { bounds, extent } from "./linear-axis.ts";
import { matrixChart } from "./matrix.ts";
import { finite, short } from "./number-format.ts";
import { arrayOf, type Numbers, rowsOf } from "./numbers.ts";
import { lightness } from "./palette.ts";
import type { Picture } from "./picture.ts";

export interface HeatmapOptions extends Labels {
  /** A name for each row. Default: 0, 1, …. */
  readonly rowNames?: readonly string[] | undefined;
  /** A name for each column. Default: 0, 1, …. */
  readonly columnNames?: readonly string[] | undefined;
}

const contract = {
  name: "heatmap",
  positional: {},
  options: {
    ...labels,
    rowNames: withoutDefault(names, "0, 1, …"),
    columnNames: withoutDefault(names, "0, 1, …"),
  } satisfies OptionTable<HeatmapOptions>,
};

/** Cells of larger matrices have no room for their numbers. */
const mostNumbers = 12;

/**
 * Draws a matrix as cells, from dark (the smallest value) to light (the largest), row 0 on top.
 * Up to 12 × 12, each cell holds its number to two digits. What is not finite is red.
 * Shapes: matrix (H, W).
 * @throws ShapeError for an empty matrix, and for names of another number of rows or columns
 * @example heatmap([[1, 2], [3, 4]]).description // "A matrix of 2 × 2 numbers from 1 to 4."
 */
export function heatmap(matrix: Numbers, options: HeatmapOptions = {}): Picture {
  const found = arrayOf("heatmap", "matrix", matrix, [2]);
  const { rowNames, columnNames, title, xLabel, yLabel } = settleOptions("heatmap", contract, options);
  const [height = 0, width = 0] = found.shape;
  if (found.size === 0)
    throw new ShapeError("heatmap: matrix is empty, expected at least one row and one column");
  expectNames("rowNames", rowNames, height, "rows");
  expectNames("columnNames", columnNames, width, "columns");
  const values = rowsOf(found);
  const [low, high] = bounds(values.flat()) ?? [Number.NaN, Number.NaN];
  const odd = values.flat().filter((value) => !finite(value)).length;
  const isSmall = Math.max(height, width) <= mostNumbers;
  return matrixChart({
    description: `A matrix of ${height} × ${width} numbers from ${short(low)} to ${short(high)}${odd > 0 ? `; ${odd} are not finite` : ""}.`,
    values,
    texts: isSmall ? values.map((row) => row.map(cellText)) : null,
    domain: extent(values.flat()),
    colours: lightness,
    legend: true,
    title,
    xLabel: xLabel ?? "column",
    yLabel: yLabel ?? "row",
    rowNames,
    columnNames,
  });
}

function cellText(value: number): string {
  if (!finite(value)) return String(value);
  const plain = String(Number(value.toPrecision(2)));
  return plain.length <= 6 ? plain : value.toExponential(0);
}

function expectNames(name: string, names: readonly string[] | undefined, length: number, of: string): void {
  if (!names || names.length === length) return;
  throw new ShapeError(
    `heatmap: ${name} has ${names.length} entries, expected ${length}, one for each of the ${of}`,
  );
}
