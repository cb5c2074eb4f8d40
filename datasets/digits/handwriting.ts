import type { Random } from "../../np/index.ts";
import { flatten, type Stroke } from "./stroke.ts";
import { variation } from "./variation.ts";

/** The buffer for flattened curves, far larger than the longest stroke needs. */
const scratch: Float64Array = new Float64Array(1024);

/**
 * Writes a style with random variation, as polylines in digit heights: way points jitter, a
 * quadratic map bends the plane, and an affine map stretches, slants and turns it.
 */
export function writeDigit(style: readonly Stroke[], rng: Random): Float64Array[] {
  const z = rng.uniform(-1, 1, [9]).flat() as unknown as Nine;
  const angle = variation.rotationRadians * z[0];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const shear = variation.slant + variation.shear * z[1];
  const stretch = Math.exp((variation.aspect / 2) * z[2]);
  const bend = variation.bend;
  return style.map(({ points, corners }) => {
    const noise = rng.uniform(-variation.jitter, variation.jitter, [points.length]).flat();
    const moved = new Float64Array(points.length);
    for (let i = 0; i < points.length; i += 2) {
      const u = (points[i] as number) / 100 - 0.5 + (noise[i] as number);
      const v = (points[i + 1] as number) / 100 - 0.5 + (noise[i + 1] as number);
      const bentU = u + bend * (z[3] * u * u + z[4] * u * v + z[5] * v * v);
      const bentV = v + bend * (z[6] * u * u + z[7] * u * v + z[8] * v * v);
      const x = stretch * bentU - shear * v;
      const y = bentV / stretch;
      moved[i] = cos * x - sin * y;
      moved[i + 1] = sin * x + cos * y;
    }
    return scratch.slice(0, flatten(moved, corners, scratch));
  });
}

type Nine = readonly [number, number, number, number, number, number, number, number, number];
