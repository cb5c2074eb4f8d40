import type { Random } from "../../np/index.ts";
import { clear, develop, drawSegment, side } from "./raster.ts";
import { variation } from "./variation.ts";

/** The longer side of a digit's body, in pixels, as in MNIST. */
const bodyPixels = 20;

/**
 * Draws polylines (x0, y0, x1, y1, …) of any size and position as one digit in the image that
 * begins at out[at].
 */
export function drawDigit(lines: readonly Float64Array[], rng: Random, out: Uint8Array, at: number): void {
  const [growth, right, down, pressure] = rng.uniform(-1, 1, [4]).flat() as unknown as Four;
  const [thin, thick] = variation.radiusPixels;
  const radius = thin + (thick - thin) * rng.next();
  const { extent, centerX, centerY } = measure(lines);
  const scale = ((bodyPixels - 2 * radius) * Math.exp(variation.scale * growth)) / extent;
  const offsetX = (side - 1) / 2 - scale * centerX + variation.shiftPixels * right;
  const offsetY = (side - 1) / 2 - scale * centerY + variation.shiftPixels * down;
  const swell = variation.pressure * pressure;
  clear();
  for (const line of lines) {
    const points = line.length / 2;
    for (let i = 1; i < points; i++) {
      const from = 2 * i - 2;
      drawSegment(
        offsetX + scale * (line[from] as number),
        offsetY + scale * (line[from + 1] as number),
        offsetX + scale * (line[from + 2] as number),
        offsetY + scale * (line[from + 3] as number),
        radius * Math.max(0.5, 1 + swell * ((2 * (i - 1)) / (points - 1) - 1)),
        radius * Math.max(0.5, 1 + swell * ((2 * i) / (points - 1) - 1)),
      );
    }
  }
  develop(rng, out, at);
}

type Four = readonly [number, number, number, number];

/** Measures the longer side of the bounding box, and the centre of mass of the lines. */
function measure(lines: readonly Float64Array[]): { extent: number; centerX: number; centerY: number } {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  let [mass, massX, massY] = [0, 0, 0];
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      const x = line[i] as number;
      const y = line[i + 1] as number;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      if (i === 0) continue;
      const dx = x - (line[i - 2] as number);
      const dy = y - (line[i - 1] as number);
      const length = Math.sqrt(dx * dx + dy * dy);
      mass += length;
      massX += length * (x - dx / 2);
      massY += length * (y - dy / 2);
    }
  }
  return {
    extent: Math.max(right - left, bottom - top),
    centerX: massX / mass,
    centerY: massY / mass,
  };
}
