import type { DType, NDArray } from "../../np/index.ts";
import { expectArgument, number } from "../../np/internal.ts";
import { emptyLike, type Planes, planesOf } from "./planes.ts";

const anyFactor = number({ least: 0 });

/** The luma weights of red, green and blue: torchvision's values (ITU-R 601-2). */
const luma = [0.2989, 0.587, 0.114] as const;

/**
 * factor · x: 0 gives black, 1 the original.
 * @see torchvision.transforms.functional.adjust_brightness
 */
export function adjustBrightness(image: NDArray, factor: number): NDArray {
  return blend("adjustBrightness", image, factor, () => 0);
}

/**
 * Blends from the mean of the grey image (0) to the original (1) and beyond.
 * @see torchvision.transforms.functional.adjust_contrast
 */
export function adjustContrast(image: NDArray, factor: number): NDArray {
  const planes = planesOf("adjustContrast", image);
  const n = planes.height * planes.width;
  const grey = greyOf("adjustContrast", planes, image.dtype);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += grey(i);
  const mean = rounding(image.dtype)(sum / n);
  return blend("adjustContrast", image, factor, () => mean);
}

/**
 * Blends from the grey image (0) to the original (1) and beyond; a grey image does not change.
 * @see torchvision.transforms.functional.adjust_saturation
 */
export function adjustSaturation(image: NDArray, factor: number): NDArray {
  const planes = planesOf("adjustSaturation", image);
  expectArgument("adjustSaturation", "factor", anyFactor, factor);
  const grey = greyOf("adjustSaturation", planes, image.dtype);
  return planes.channels === 1 ? image : blend("adjustSaturation", image, factor, grey);
}

/** The value of white: 255 for bytes, 1 for floats. */
export function white(dtype: DType): number {
  return dtype === "uint8" ? 255 : 1;
}

/** @throws RangeError unless the image is grey or has three colours */
export function expectColours(where: string, { channels }: Planes): void {
  if (channels === 1 || channels === 3) return;
  throw new RangeError(
    `${where}: the image has ${channels} channels; expected 1, grey, or 3, red, green, blue`,
  );
}

/**
 * factor · x + (1 − factor) · other, clipped to black and white; bytes are truncated to whole
 * numbers, as in torchvision.
 */
function blend(where: string, image: NDArray, factor: number, other: (pixel: number) => number): NDArray {
  expectArgument(where, "factor", anyFactor, factor);
  const planes = planesOf(where, image);
  expectColours(where, planes);
  const { data, height, width } = planes;
  const y = emptyLike(image, height, width);
  const to = y.flat();
  const n = height * width;
  const round = rounding(image.dtype);
  const [most, own, rest] = [white(image.dtype), round(factor), round(1 - factor)];
  const isBytes = image.dtype === "uint8";
  for (let i = 0; i < n; i++) {
    const added = round(rest * other(i));
    for (let at = i; at < data.length; at += n) {
      const mixed = round(round(own * (data[at] as number)) + added);
      const cut = Math.min(Math.max(mixed, 0), most);
      to[at] = isBytes ? Math.trunc(cut) : cut;
    }
  }
  return y;
}

/** The grey value of a pixel; for bytes a whole number, as a grey image of bytes would have. */
function greyOf(where: string, planes: Planes, dtype: DType): (pixel: number) => number {
  const { data, channels, height, width } = planes;
  expectColours(where, planes);
  if (channels === 1) return (i) => data[i] as number;
  const n = height * width;
  const round = rounding(dtype);
  const [r, g, b] = luma.map(round) as [number, number, number];
  return (i) => {
    const red = round(r * (data[i] as number));
    const green = round(g * (data[n + i] as number));
    const blue = round(b * (data[2 * n + i] as number));
    const grey = round(round(red + green) + blue);
    return dtype === "uint8" ? Math.trunc(grey) : grey;
  };
}

/**
 * The rounding of intermediate results. torchvision computes bytes in float32: where a sum is
 * truncated to a whole number, its last bit decides.
 */
function rounding(dtype: DType): (x: number) => number {
  return dtype === "float64" ? (x) => x : Math.fround;
}
