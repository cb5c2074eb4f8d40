import {
  argument,
  type Contract,
  count,
  flag,
  floatType,
  type None,
  oneOf,
  optional,
  type Required,
  share,
} from "../../np/internal.ts";
import type { ColorJitterOptions } from "./color-jitter.ts";
import type { CutoutOptions } from "./cutout.ts";
import type { RandomAffineOptions } from "./random-affine.ts";
import type { RandomCropOptions } from "./random-crop.ts";
import type { RandomHorizontalFlipOptions } from "./random-horizontal-flip.ts";
import type { Bounds } from "./range.ts";
import type { ResizeOptions } from "./resize.ts";
import type { Size } from "./size-option.ts";
import type { ToTensorOptions } from "./to-tensor.ts";
import type { Transform } from "./transform.ts";
import type { WarpOptions } from "./warp.ts";
import { fill, isList, isNumber, numberOr, warpOptions } from "./warp-options.ts";

const isTransform = (x: unknown): boolean =>
  typeof x === "object" && x !== null && "forward" in x && typeof x.forward === "function";

const bounds: Required<number | Bounds> = numberOr("a number from 0 on, or [lowest, highest]", 2);

const size: Required<Size> = argument(
  "pair",
  "a whole number from 1 on, or [height, width]",
  (x) => isNumber(x) || isList()(x),
  (x) => [x].flat().every((n) => Number.isInteger(n) && n >= 1) && (typeof x === "number" || x.length === 2),
  { bounds: { least: 1 } },
);

const padding: Required<number | readonly number[]> = argument(
  "list",
  "a whole number from 0 on, or 2 or 4 of them",
  (x) => isNumber(x) || isList()(x),
  (x) => [x].flat().every((n) => Number.isInteger(n) && n >= 0) && [1, 2, 4].includes([x].flat().length),
  { bounds: { least: 0 } },
);

const shares: Required<readonly [x: number, y: number]> = argument(
  "pair",
  "two shares of the size, 0 to 1",
  isList(),
  (list) => list.length === 2 && list.every((one) => one >= 0 && one <= 1),
);
const factors: Required<Bounds> = argument("pair", "[lowest, highest]", isList(2));
const shear: Required<NonNullable<RandomAffineOptions["shear"]>> = numberOr(
  "a number from 0 on, or 2 or 4 numbers",
  2,
  4,
);

const transforms: Required<readonly Transform[]> = argument(
  "list",
  "a list of transforms, each with forward(image, rng), such as [new ToTensor()]",
  (x) => Array.isArray(x) && x.every(isTransform),
);

const numbers: Required<readonly number[]> = argument(
  "list",
  "a list with a number for each channel",
  isList(),
);

export const ColorJitter: Contract<None, ColorJitterOptions> = {
  name: "ColorJitter",
  positional: {},
  options: {
    brightness: optional(bounds, 0),
    contrast: optional(bounds, 0),
    saturation: optional(bounds, 0),
    hue: optional(bounds, 0),
  },
};

export const Compose: Contract<{ transforms: readonly Transform[] }, None> = {
  name: "Compose",
  positional: { transforms },
  options: {},
};

export const Cutout: Contract<None, CutoutOptions> = {
  name: "Cutout",
  positional: {},
  options: { nHoles: optional(count(), 1), length: optional(count(), 16) },
};

export const Normalize: Contract<{ mean: readonly number[]; std: readonly number[] }, None> = {
  name: "Normalize",
  positional: { mean: numbers, std: numbers },
  options: {},
};

export const RandomAffine: Contract<{ degrees: number | Bounds }, RandomAffineOptions> = {
  name: "RandomAffine",
  positional: { degrees: bounds },
  options: {
    translate: optional(shares, [0, 0]),
    scale: optional(factors, [1, 1]),
    shear: optional(shear, 0),
    ...warpOptions,
  },
};

export const RandomCrop: Contract<{ size: Size }, RandomCropOptions> = {
  name: "RandomCrop",
  positional: { size },
  options: {
    padding: optional(padding, 0),
    paddingMode: optional(oneOf("constant", "edge", "reflect", "symmetric"), "constant"),
    fill,
    padIfNeeded: flag(false),
  },
};

export const RandomHorizontalFlip: Contract<None, RandomHorizontalFlipOptions> = {
  name: "RandomHorizontalFlip",
  positional: {},
  options: { p: share(0.5) },
};

export const RandomRotation: Contract<{ degrees: number | Bounds }, WarpOptions> = {
  name: "RandomRotation",
  positional: { degrees: bounds },
  options: warpOptions,
};

export const Resize: Contract<{ size: Size }, ResizeOptions> = {
  name: "Resize",
  positional: { size },
  options: { antialias: flag(true) },
};

export const ToTensor: Contract<None, ToTensorOptions> = {
  name: "ToTensor",
  positional: {},
  options: { layout: optional(oneOf("CHW", "HWC"), "CHW"), dtype: floatType<"float64" | "float32">() },
};
