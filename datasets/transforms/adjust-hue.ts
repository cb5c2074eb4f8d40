import type { NDArray } from "../../np/index.ts";
import { expectArgument, number } from "../../np/internal.ts";
import { expectColours, white } from "./adjust-color.ts";
import { emptyLike, planesOf } from "./planes.ts";

/**
 * Rotates the colour circle by a fraction of a turn, −0.5 to 0.5: 1/3 turns red into green, green
 * into blue and blue into red. A grey image does not change.
 * @throws RangeError for a fraction outside −0.5 … 0.5
 * @see torchvision.transforms.functional.adjust_hue
 * @see Smith, "Color gamut transform pairs", SIGGRAPH 1978
 */
export function adjustHue(image: NDArray, share: number): NDArray {
  expectArgument("adjustHue", "share", number({ least: -0.5, most: 0.5 }), share);
  const planes = planesOf("adjustHue", image);
  expectColours("adjustHue", planes);
  const { data, channels, height, width } = planes;
  if (channels === 1) return image;
  const y = emptyLike(image, height, width);
  const to = y.flat();
  const n = height * width;
  const most = white(image.dtype);
  // Each byte covers an equal part of 0 … 1, as in torchvision.
  const toValue =
    most === 255 ? (x: number): number => Math.floor(x * (256 - 1e-3)) : (x: number): number => x;
  for (let i = 0; i < n; i++) {
    const r = (data[i] as number) / most;
    const g = (data[n + i] as number) / most;
    const b = (data[2 * n + i] as number) / most;
    const value = Math.max(r, g, b);
    const low = Math.min(r, g, b);
    const hue = hueOf(r, g, b) + 6 * share;
    for (let c = 0; c < 3; c++) to[c * n + i] = toValue(low + (value - low) * amount(hue - 2 * c));
  }
  return y;
}

/** The position on the colour circle, in sixths: red 0, green 2, blue 4; grey 0. */
function hueOf(r: number, g: number, b: number): number {
  const value = Math.max(r, g, b);
  const range = value - Math.min(r, g, b);
  if (range === 0) return 0;
  if (value === r) return (g - b) / range;
  return value === g ? 2 + (b - r) / range : 4 + (r - g) / range;
}

/**
 * The amount of a colour in a hue this many sixths away: all within one, none from two on, linear
 * in between.
 */
function amount(distance: number): number {
  const around = (((distance + 3) % 6) + 6) % 6;
  return Math.min(Math.max(2 - Math.abs(around - 3), 0), 1);
}
