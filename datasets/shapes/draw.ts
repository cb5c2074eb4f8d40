import type { Random } from "../../np/index.ts";
import type { Outline } from "./outlines.ts";
import { variation } from "./variation.ts";

/** Images are `side` × `side` pixels with `channels` colours: red, green, blue. */
export const side = 32;
export const channels = 3;

type Colour = readonly [red: number, green: number, blue: number];

/** Draws one shape in random colours, somewhere near the middle, into the image that begins at out[at]. */
export function drawShape(outline: Outline, rng: Random, out: Uint8Array, at: number): void {
  const between = (low: number, high: number): number => low + (high - low) * rng.next();
  const around = (most: number): number => between(-most, most);
  const radius = between(...variation.radiusPixels);
  const middleX = (side - 1) / 2 + around(variation.shiftPixels);
  const middleY = (side - 1) / 2 + around(variation.shiftPixels);
  const angle = around(variation.rotationRadians);
  const stretch = Math.exp(around(variation.aspect) / 2);
  const [colour, background] = twoColours(rng);
  const texture = randomTexture(rng);
  const grain = rng.uniform(-variation.grain, variation.grain, [channels * side * side]).flat();
  const [cos, sin] = [Math.cos(angle) / radius, Math.sin(angle) / radius];
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      const [dx, dy] = [j - middleX, i - middleY];
      const distance = outline((cos * dx + sin * dy) / stretch, (cos * dy - sin * dx) * stretch);
      // The edge is one pixel wide, so that a slanted one has no stairs.
      const cover = Math.max(0, Math.min(1, 0.5 - distance * radius));
      const shade = (1 - cover) * texture(j / side - 0.5, i / side - 0.5);
      for (let c = 0; c < channels; c++) {
        const k = (c * side + i) * side + j;
        const mixed = cover * (colour[c] ?? 0) + (1 - cover) * (background[c] ?? 0);
        const value = mixed + shade + (grain[k] ?? 0);
        out[at + k] = Math.round(255 * Math.max(0, Math.min(1, value)));
      }
    }
  }
}

/** Two colours of different brightness, the brighter one first. */
function twoColours(rng: Random): readonly [Colour, Colour] {
  for (;;) {
    const [a, b] = [randomColour(rng), randomColour(rng)];
    const difference = brightness(a) - brightness(b);
    if (Math.abs(difference) >= variation.contrast) return difference > 0 ? [a, b] : [b, a];
  }
}

function randomColour(rng: Random): Colour {
  return [rng.next(), rng.next(), rng.next()];
}

/** As the eye weighs the three colours. @see ITU-R BT.601 */
function brightness([red, green, blue]: Colour): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** What a background adds to its colour at (x, y): a slope and waves, each in a random direction. */
function randomTexture(rng: Random): (x: number, y: number) => number {
  const turn = (): number => 2 * Math.PI * rng.next();
  const [slopeAngle, waveAngle, phase] = [turn(), turn(), turn()];
  const waves = 2 * Math.PI * (1 + 5 * rng.next());
  const [height, slope] = [variation.waves * rng.next(), 2 * variation.slope * rng.next()];
  const [sx, sy] = [slope * Math.cos(slopeAngle), slope * Math.sin(slopeAngle)];
  const [wx, wy] = [waves * Math.cos(waveAngle), waves * Math.sin(waveAngle)];
  return (x, y) => sx * x + sy * y + height * Math.sin(wx * x + wy * y + phase);
}
