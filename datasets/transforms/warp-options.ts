import {
  argument,
  number,
  type Option,
  type OptionTable,
  oneOf,
  optional,
  orNull,
  type Required,
} from "../../np/internal.ts";
import type { AffineOptions } from "./affine.ts";
import type { WarpOptions } from "./warp.ts";

export const isNumber = (x: unknown): boolean => typeof x === "number";
export const isList =
  (...lengths: readonly number[]) =>
  (x: unknown): boolean =>
    Array.isArray(x) && x.every(isNumber) && (lengths.length === 0 || lengths.includes(x.length));

/** One number or several; the transform itself checks the ranges. */
export function numberOr<T>(expected: string, ...lengths: readonly number[]): Required<T> {
  return argument("pair", expected, (x) => isNumber(x) || isList(...lengths)(x));
}

export const fill: Option<number | readonly number[]> = optional(
  numberOr<number | readonly number[]>("a number, or a list with one for each channel"),
  0,
);

const pair: Required<readonly [x: number, y: number]> = argument(
  "pair",
  "[x, y], two finite numbers",
  isList(2),
  (list) => list.every(Number.isFinite),
);

export const warpOptions: OptionTable<WarpOptions> = {
  interpolation: optional(oneOf("nearest", "bilinear"), "nearest"),
  fill,
  center: optional(orNull(pair, "the middle"), null),
};

/** Without a default for the angle, which must be given. */
export const affineOptions: OptionTable<AffineOptions> = {
  angle: { ...number(), required: false, default: undefined },
  translate: optional(pair, [0, 0]),
  scale: optional(number({ above: 0 }), 1),
  shear: optional(pair, [0, 0]),
  ...warpOptions,
};
