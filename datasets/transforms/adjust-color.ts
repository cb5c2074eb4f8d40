import type { DType, NDArray } from "../../np/index.ts";
import { emptyLike, type Planes, planesOf } from "./planes.ts";

/** Luma of a colour, torchvision's numbers (ITU-R 601-2). */
const luma = [0.2989, 0.587, 0.114] as const;

/** factor · x: 0 is black, 1 the image itself. @see torchvision.transforms.functional.adjust_brightness */
export function adjustBrightness(image: NDArray, factor: number): NDArray {
  return blend("adjustBrightness", image, factor, () => 0);
}

/** From the mean of its grey picture (0) to the image itself (1) and beyond. @see torchvision.transforms.functional.adjust_contrast */
export function adjustContrast(image: NDArray, factor: number): NDArray {
  const planes = planesOf("adjustContrast", image);
  const n = planes.height * planes.width;
  const grey = greyOf(planes, image.dtype);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += grey(i);
  const mean = rounding(image.dtype)(sum / n);
  return blend("adjustContrast", image, factor, () => mean);
}

/** From the grey picture (0) to the image itself (1) and beyond; of a grey image nothing changes. @see torchvision.transforms.functional.adjust_saturation */
export function adjustSaturation(image: NDArray, factor: number): NDArray {
  const planes = planesOf("adjustSaturation", image);
  const grey = greyOf(planes, image.dtype);
  return planes.channels === 1 ? image : blend("adjustSaturation", image, factor, grey);
}

/** 255 of bytes, 1 of floats: white. */
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

/** factor · x + (1 − factor) · other, cut off at black and white; bytes are cut down to whole numbers, as torchvision does. */
function blend(where: string, image: NDArray, factor: number, other: (pixel: number) => number): NDArray {
  if (!(factor >= 0 && factor < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${where}: the factor is ${factor}; expected a number from 0 on`);
  }
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

/** The grey value of a pixel; of bytes a whole number, as a grey picture of bytes would hold it. */
function greyOf(planes: Planes, dtype: DType): (pixel: number) => number {
  const { data, channels, height, width } = planes;
  expectColours("adjustContrast", planes);
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

/** torchvision computes with bytes in float32: where a sum is cut down to a whole number, its last bit decides. */
function rounding(dtype: DType): (x: number) => number {
  return dtype === "float64" ? (x) => x : Math.fround;
}
