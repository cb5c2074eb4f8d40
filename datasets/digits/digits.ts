import { NDArray, random } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import type { Dataset } from "../dataset.ts";
import type { SeedOptions } from "../seed-options.ts";
import { digits as contract } from "./contract.ts";
import { drawDigit } from "./draw.ts";
import { glyphs } from "./glyphs.ts";
import { writeDigit } from "./handwriting.ts";
import { side } from "./raster.ts";
import { parseStroke, type Stroke } from "./stroke.ts";

export interface DigitsOptions extends SeedOptions {
  /** The number of images. Default 1000. */
  readonly n?: number;
}

/** Parsed when first needed, so that importing costs nothing. */
let styles: readonly (readonly (readonly Stroke[])[])[] | null = null;

/**
 * Digits that look handwritten, drawn from strokes: each in a random style, distorted, with a
 * random pen, white on black, about 20 pixels along its longer side and centred by its centre of
 * mass, as in MNIST. Every ten images contain each digit once, in random order; a larger n with the
 * same seed continues the same sequence.
 * Shapes: x (n, 28, 28) uint8, y (n,) int32.
 * @throws RangeError unless n is a whole number ≥ 1
 */
export function digits(options: DigitsOptions = {}): Dataset {
  const { n, seed, rng } = settle(contract, {}, options);
  styles ??= glyphs.map((digit) => digit.map((style) => style.map(parseStroke)));
  const stream = rng ?? random(seed ?? undefined);
  const x = new Uint8Array(n * side * side);
  const y = new Int32Array(n);
  let order: ArrayLike<number> = [];
  for (let i = 0; i < n; i++) {
    if (i % 10 === 0) order = stream.permutation(10).flat();
    const digit = order[i % 10] as number;
    const choices = styles[digit] as readonly (readonly Stroke[])[];
    const style = choices[stream.integer(0, choices.length - 1)] as readonly Stroke[];
    drawDigit(writeDigit(style, stream), stream, x, i * side * side);
    y[i] = digit;
  }
  return {
    name: "digits",
    x: NDArray.from(x, [n, side, side]),
    y: NDArray.from(y),
    classes: [..."0123456789"],
  };
}
