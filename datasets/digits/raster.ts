import type { Random } from "../../np/index.ts";
import { variation } from "./variation.ts";

/** Images are `side` × `side` pixels. */
export const side = 28;

const field: Float64Array = new Float64Array(side * side);

/** Clears the picture. */
export function clear(): void {
  field.fill(side);
}

/**
 * Draws the segment from (x0, y0) to (x1, y1), with pixel centres at whole numbers and a round pen
 * whose radius goes from r0 to r1 pixels. Each pixel keeps its smallest distance to the edge of the
 * ink, negative inside.
 */
export function drawSegment(x0: number, y0: number, x1: number, y1: number, r0: number, r1: number): void {
  const reach = Math.max(r0, r1) + 1;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(side - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(side - 1, Math.floor(Math.max(y0, y1) + reach));
  const dx = x1 - x0;
  const dy = y1 - y0;
  const perLength = 1 / (dx * dx + dy * dy + 1e-12);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = ((x - x0) * dx + (y - y0) * dy) * perLength;
      const t = Math.max(0, Math.min(1, along));
      const ex = x - x0 - t * dx;
      const ey = y - y0 - t * dy;
      const distance = Math.sqrt(ex * ex + ey * ey) - r0 - t * (r1 - r0);
      const at = y * side + x;
      if (distance < (field[at] as number)) field[at] = distance;
    }
  }
}

/** The width in pixels of the transition from black to white at an edge. */
const softnessPixels = 1.3;

/**
 * Writes the picture to out[at …]: up to 255 in the ink, less across its edge and by the paper's
 * grain, 0 outside.
 */
export function develop(rng: Random, out: Uint8Array, at: number): void {
  for (let i = 0; i < side * side; i++) {
    const cover = 0.5 - (field[i] as number) / softnessPixels;
    if (cover > 0) out[at + i] = Math.round(255 * Math.min(1, cover) * (1 - variation.grain * rng.next()));
  }
}
