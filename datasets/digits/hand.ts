import type { Random } from "../../np/index.ts";
import { flatten, type Stroke } from "./stroke.ts";

/** How much hands differ: standard deviations, but for `radius`. */
export const variation = {
  /** Way points move by this much of the digit's height. */
  jitter: 0.035,
  rotationRadians: 0.1,
  /** Most people lean to the right: x gains this much for each unit upwards … */
  slant: 0.2,
  /** … give or take this. */
  shear: 0.22,
  /** Of the logarithm of width : height. */
  aspect: 0.2,
  /** Quadratic bending of the plane. */
  bend: 0.12,
  /** Of the digit's centre of mass against the image's centre, in pixels. */
  shiftPixels: 0.4,
  /** Of the logarithm of the size of the body, which is 20 pixels. */
  scale: 0.04,
  /** The pen's radius lies between these, in pixels … */
  radius: [0.75, 1.85],
  /** … and changes towards the ends of a stroke by this much of itself. */
  pressure: 0.15,
} as const;

const scratch = new Float64Array(4096);

/** The strokes as one hand writes them this time: polylines in digit heights, the box 0 … 1 upright, distorted. */
export function write(strokes: readonly Stroke[], rng: Random): Float64Array[] {
  const z = rng.normal(0, 1, [9]).flat();
  const angle = variation.rotationRadians * (z[0] as number);
  const shear = variation.slant + variation.shear * (z[1] as number);
  const wide = Math.exp((variation.aspect / 2) * (z[2] as number));
  const bend = z.subarray(3).map((value) => variation.bend * value);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return strokes.map(({ points, corners }) => {
    const noise = rng.normal(0, variation.jitter, [points.length]).flat();
    const moved = new Float64Array(points.length);
    for (let i = 0; i < points.length; i += 2) {
      const u = (points[i] as number) / 100 - 0.5 + (noise[i] as number);
      const v = (points[i + 1] as number) / 100 - 0.5 + (noise[i + 1] as number);
      const [a, b, c, d, e, f] = bend as unknown as [number, number, number, number, number, number];
      const x = wide * (u + a * u * u + b * u * v + c * v * v) - shear * v;
      const y = (v + d * u * u + e * u * v + f * v * v) / wide;
      moved[i] = cos * x - sin * y;
      moved[i + 1] = sin * x + cos * y;
    }
    return scratch.slice(0, flatten(moved, corners, scratch, 0));
  });
}
