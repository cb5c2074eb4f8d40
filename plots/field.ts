import { pngAddress } from "./image.ts";
import { classColours, notFinite } from "./palette.ts";

/** Rows of values, row i at ys[i]. */
export type Grid = readonly (readonly number[] | Float64Array)[];

/**
 * The probability of each class, measured on a grid. Shapes: xs (W,), ys (H,), both ascending;
 * probabilities C grids, each H rows of W values.
 */
export interface Field {
  readonly xs: readonly number[] | Float64Array;
  readonly ys: readonly number[] | Float64Array;
  readonly probabilities: readonly Grid[];
}

const size = 240;
const line = [120, 120, 120, 255];
const unknown = [...notFinite, 255];

/**
 * Draws the field as a picture: the colour of the most probable class, deeper where the network is
 * more certain, with a grey line where the class changes. Values between grid points are
 * interpolated; probabilities that are not finite are red. Certainty is shown by opacity rather than
 * paleness, so the picture suits light and dark pages.
 * @throws RangeError when a grid is not ys.length rows of xs.length
 */
export function fieldAddress({ xs, ys, probabilities }: Field): string {
  for (const grid of probabilities) expectGrid(grid, xs.length, ys.length);
  const winners = Array.from({ length: size }, (_, row) =>
    // The top row of a picture is the largest y.
    Array.from({ length: size }, (_, column) => {
      const shares = probabilities.map((grid) => sample(grid, 1 - row / (size - 1), column / (size - 1)));
      return winnerOf(shares);
    }),
  );
  const pixels = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const here = winners[row]?.[column] ?? nobody;
      const right = winners[row]?.[column + 1] ?? here;
      const below = winners[row + 1]?.[column] ?? here;
      const crossed = here.index !== right.index || here.index !== below.index;
      const colour = here.index < 0 ? unknown : crossed ? line : shade(here);
      pixels.set(colour, 4 * (row * size + column));
    }
  }
  return pngAddress(pixels, size, size);
}

/** The most probable class of a place, and how sure it is: 0 if all classes are equal, 1 at probability 1. */
interface Winner {
  readonly index: number;
  readonly certainty: number;
}

const nobody: Winner = { index: -1, certainty: 0 };

/** Of equal probabilities the last wins. */
function winnerOf(shares: readonly number[]): Winner {
  if (!shares.every(Number.isFinite)) return nobody;
  const most = Math.max(...shares);
  const even = 1 / shares.length;
  return { index: shares.lastIndexOf(most), certainty: Math.min(1, Math.abs((most - even) / (1 - even))) };
}

function shade({ index, certainty }: Winner): number[] {
  return [...(classColours[index % classColours.length] ?? []), 25 + 130 * certainty];
}

function expectGrid(probability: Grid, width: number, height: number): void {
  const odd = probability.findIndex((row) => row.length !== width);
  if (probability.length === height && odd < 0 && width >= 2 && height >= 2) return;
  throw new RangeError(
    `decisionBoundary: probability has ${probability.length} rows` +
      `${odd >= 0 ? ` and row ${odd} has ${probability[odd]?.length} values` : ""}, expected ` +
      `${height} rows (ys) of ${width} values (xs), at least 2 × 2; give probability[i][j] at (xs[j], ys[i])`,
  );
}

/** Bilinear interpolation at v of the way through the rows and u of the way through the columns. */
function sample(grid: Grid, v: number, u: number): number {
  const width = grid[0]?.length ?? 0;
  const row = Math.min(Math.floor(v * (grid.length - 1)), grid.length - 2);
  const column = Math.min(Math.floor(u * (width - 1)), width - 2);
  const down = v * (grid.length - 1) - row;
  const across = u * (width - 1) - column;
  const at = (i: number, j: number): number => grid[row + i]?.[column + j] ?? Number.NaN;
  return (
    (1 - down) * ((1 - across) * at(0, 0) + across * at(0, 1)) +
    down * ((1 - across) * at(1, 0) + across * at(1, 1))
  );
}
