import type { NDArray } from "../../np/index.ts";
import { expectArgument, number, settleOptions } from "../../np/internal.ts";
import { planesOf } from "./planes.ts";
import { type Source, type WarpOptions, warp } from "./warp.ts";
import { affineOptions, warpOptions } from "./warp-options.ts";

export interface AffineOptions extends WarpOptions {
  /** Clockwise, in degrees. */
  readonly angle: number;
  /** The shift to the right and down, in pixels. Default none. */
  readonly translate?: readonly [x: number, y: number];
  /** The scale; above 1 the image grows. Default 1. */
  readonly scale?: number;
  /** Along x and y, in degrees. Default none. */
  readonly shear?: readonly [x: number, y: number];
}

/**
 * Rotates, shifts, scales and shears an image by T · C · R(angle) · S(scale) · SHy · SHx · C⁻¹, as
 * torchvision's `affine` for tensors.
 * @throws RangeError for numbers that are not finite, a scale that is not above 0, or an unknown
 * interpolation
 * @see torchvision.transforms.functional.affine
 */
export function affine(image: NDArray, options: AffineOptions): NDArray {
  const settled = settleOptions(
    "affine",
    { name: "affine", positional: {}, options: affineOptions },
    options,
  );
  const { angle, translate, scale, shear } = settled;
  expectArgument("affine", "angle", number(), angle);
  const { height, width } = planesOf("affine", image);
  const [x, y] = settled.center ?? [width / 2, height / 2];
  const center = [x - width / 2, y - height / 2] as const;
  return warp(image, inverse(center, angle, translate, scale, shear), settled);
}

/**
 * Rotates an image counter-clockwise by an angle in degrees.
 * @see torchvision.transforms.functional.rotate
 */
export function rotate(image: NDArray, angle: number, options: WarpOptions = {}): NDArray {
  expectArgument("rotate", "angle", number(), angle);
  const settled = settleOptions("rotate", { name: "rotate", positional: {}, options: warpOptions }, options);
  return affine(image, { ...settled, angle: -angle });
}

function inverse(
  [cx, cy]: readonly [number, number],
  angle: number,
  [tx, ty]: readonly [number, number],
  scale: number,
  shear: readonly [number, number],
): Source {
  const [turn, sx, sy] = [angle, ...shear].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const a = Math.cos(turn - sy) / Math.cos(sy);
  const b = (-Math.cos(turn - sy) * Math.tan(sx)) / Math.cos(sy) - Math.sin(turn);
  const c = Math.sin(turn - sy) / Math.cos(sy);
  const d = (-Math.sin(turn - sy) * Math.tan(sx)) / Math.cos(sy) + Math.cos(turn);
  // The determinant of rotation and shear is 1, so their inverse needs no division.
  const [p, q, r, s] = [d / scale, -b / scale, -c / scale, a / scale];
  return [p, q, p * (-cx - tx) + q * (-cy - ty) + cx, r, s, r * (-cx - tx) + s * (-cy - ty) + cy];
}
