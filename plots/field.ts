import { pngAddress } from "./image.ts";
import { classColours } from "./palette.ts";

/**
 * A probability measured on a grid. Shapes: xs (W,), ys (H,), both ascending; probability H rows of
 * W values, row i at ys[i].
 */
export interface Field {
  readonly xs: readonly number[] | Float64Array;
  readonly ys: readonly number[] | Float64Array;
  readonly probability: readonly (readonly number[] | Float64Array)[];
}

const size = 240;
const line = [120, 120, 120, 255];
const unknown = [192, 40, 45, 255];

/**
 * Draws the field as a picture: one colour on each side of 1/2, deeper where the network is more
 * certain, with a grey line between them. Values between grid points are interpolated;
 * probabilities that are not finite are red. Certainty is shown by opacity rather than paleness, so
 * the picture suits light and dark pages.
 * @throws RangeError when probability is not ys.length rows of xs.length
 */
export function fieldAddress({ xs, ys, probability }: Field): string {
  const odd = probability.findIndex((row) => row.length !== xs.length);
  if (probability.length !== ys.length || odd >= 0 || xs.length < 2 || ys.length < 2) {
    throw new RangeError(
      `decisionBoundary: probability has ${probability.length} rows` +
        `${odd >= 0 ? ` and row ${odd} has ${probability[odd]?.length} values` : ""}, expected ` +
        `${ys.length} rows (ys) of ${xs.length} values (xs), at least 2 × 2; give probability[i][j] at (xs[j], ys[i])`,
    );
  }
  const sampled = Array.from({ length: size }, (_, row) =>
    // The top row of a picture is the largest y.
    Float64Array.from({ length: size }, (_, column) =>
      sample(probability, 1 - row / (size - 1), column / (size - 1)),
    ),
  );
  const pixels = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const p = sampled[row]?.[column] ?? Number.NaN;
      const right = sampled[row]?.[column + 1] ?? p;
      const below = sampled[row + 1]?.[column] ?? p;
      const crossed = p >= 0.5 !== right >= 0.5 || p >= 0.5 !== below >= 0.5;
      pixels.set(!Number.isFinite(p) ? unknown : crossed ? line : shade(p), 4 * (row * size + column));
    }
  }
  return pngAddress(pixels, size, size);
}

function shade(p: number): number[] {
  const colour = classColours[p >= 0.5 ? 1 : 0] ?? [];
  return [...colour, 25 + 130 * Math.min(1, Math.abs(2 * p - 1))];
}

/** Bilinear interpolation at v of the way through the rows and u of the way through the columns. */
function sample(grid: Field["probability"], v: number, u: number): number {
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
