import type { Colour } from "./gradient.ts";
import { pngAddress } from "./image.ts";
import { finite } from "./number-format.ts";
import { notFinite } from "./palette.ts";

/** A function of the plane as bands of colour, with a line where one value ends and the next begins. */
export interface Contours {
  /** The picture, its top row at the largest y. */
  readonly url: string;
  /** The values of the lines, ascending. */
  readonly levels: readonly number[];
  /** The colour of each band: one more than lines. */
  readonly colours: readonly string[];
  readonly lowest: number;
  readonly highest: number;
}

const size = 300;
const bands = 9;
const edge: Colour = [150, 150, 150];

/** From white at the bottom of the valley to grey on its walls, so that paths stand out on it. */
const shade = (band: number): Colour => {
  const grey = 255 - 10 * band;
  return [grey, grey, grey];
};

/**
 * Evaluates a function over a rectangle. The lines are closer together near the lowest value, where a
 * loss is flat: at a share of (k/9)³ of the way up.
 */
export function contours(
  f: (x: number, y: number) => number,
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number],
): Contours {
  const values = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) =>
      f(left + ((right - left) * column) / (size - 1), top - ((top - bottom) * row) / (size - 1)),
    ),
  );
  const known = values.flat().filter(finite);
  const lowest = known.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = known.reduce((most, value) => Math.max(most, value), -Infinity);
  const levels = Array.from(
    { length: bands - 1 },
    (_, k) => lowest + (highest - lowest) * ((k + 1) / bands) ** 3,
  );
  const bandOf = (value: number | undefined): number =>
    finite(value) ? levels.filter((level) => value > level).length : -1;
  const at = values.map((row) => row.map(bandOf));
  const pixels = at.flatMap((row, i) =>
    row.flatMap((band, j) => {
      if (band < 0) return notFinite;
      const crossed = band !== (row[j + 1] ?? band) || band !== (at[i + 1]?.[j] ?? band);
      return crossed ? edge : shade(band);
    }),
  );
  const colours = Array.from({ length: bands }, (_, k) => `rgb(${shade(k).join(", ")})`);
  return { url: pngAddress(Uint8Array.from(pixels), size, size), levels, colours, lowest, highest };
}
