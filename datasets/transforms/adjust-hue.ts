import type { NDArray } from "../../np/index.ts";
import { expectColours, white } from "./adjust-color.ts";
import { emptyLike, planesOf } from "./planes.ts";

/**
 * Turns the circle of colours by a share of it, −0.5 to 0.5: 1/3 makes red green, green blue and blue red. Of a grey image nothing changes.
 * @throws RangeError for a share outside −0.5 … 0.5
 * @see torchvision.transforms.functional.adjust_hue
 * @see Smith, "Color gamut transform pairs", SIGGRAPH 1978
 */
export function adjustHue(image: NDArray, share: number): NDArray {
  if (!(share >= -0.5 && share <= 0.5)) {
    throw new RangeError(`adjustHue: the share is ${share}; expected a number from -0.5 to 0.5`);
  }
  const planes = planesOf("adjustHue", image);
  expectColours("adjustHue", planes);
  const { data, channels, height, width } = planes;
  if (channels === 1) return image;
  const y = emptyLike(image, height, width);
  const to = y.flat();
  const n = height * width;
  const most = white(image.dtype);
  for (let i = 0; i < n; i++) {
    const color = [0, 1, 2].map((c) => (data[c * n + i] as number) / most) as Triple;
    for (const [c, value] of turned(color, share).entries()) {
      // Of bytes each takes an equal part of 0 … 1, as torchvision does.
      to[c * n + i] = most === 255 ? Math.floor(value * (256 - 1e-3)) : value;
    }
  }
  return y;
}

type Triple = [red: number, green: number, blue: number];

/** To hue, saturation and value, and back with another hue. */
function turned([r, g, b]: Triple, share: number): Triple {
  const value = Math.max(r, g, b);
  const range = value - Math.min(r, g, b);
  if (range === 0) return [r, g, b];
  // In sixths of the circle, from red over green to blue.
  const hue = value === r ? (g - b) / range : value === g ? 2 + (b - r) / range : 4 + (r - g) / range;
  const place = (((hue + 6 * share) % 6) + 6) % 6;
  const sixth = Math.floor(place);
  const part = place - sixth;
  const saturation = range / value;
  const low = value * (1 - saturation);
  const falling = value * (1 - saturation * part);
  const rising = value * (1 - saturation * (1 - part));
  const colors: readonly Triple[] = [
    [value, rising, low],
    [falling, value, low],
    [low, value, rising],
    [low, falling, value],
    [rising, low, value],
    [value, low, falling],
  ];
  return colors[sixth % 6] as Triple;
}
