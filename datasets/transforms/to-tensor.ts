import { NDArray } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { planesOf } from "./planes.ts";
import type { Transform } from "./transform.ts";

export interface ToTensorOptions {
  /** The axes of an image with three of them: "CHW", as all datasets here have it, or "HWC", as files and NumPy's images have it. Default "CHW". */
  readonly layout?: "CHW" | "HWC";
  /** Of the result: "float64" or "float32". Default "float64". */
  readonly dtype?: "float64" | "float32";
}

/**
 * Bytes become numbers: y = x / 255 for uint8 in 0 … 255; floating numbers only change their layout, as in torchvision.
 * Shapes: (H, W) → (1, H, W); (C, H, W) → (C, H, W), or with layout "HWC" (H, W, C) → (C, H, W).
 * @throws RangeError for another layout or dtype; TypeError for whole numbers other than uint8
 * @see torchvision.transforms.ToTensor
 */
export class ToTensor implements Transform {
  readonly isRandom: boolean = false;
  readonly #layout: "CHW" | "HWC";
  readonly #dtype: "float64" | "float32";

  constructor(options: ToTensorOptions = {}) {
    const { layout, dtype } = settle(contracts.ToTensor, {}, options);
    this.#layout = layout;
    this.#dtype = dtype;
  }

  forward(image: NDArray): NDArray {
    if (image.dtype === "int32") {
      throw new TypeError('ToTensor: the image is int32; expected uint8, or floats: image.astype("uint8")');
    }
    const planes = this.#layout === "HWC" && image.ndim === 3 ? image.transpose([2, 0, 1]) : image;
    const { data, channels, height, width } = planesOf("ToTensor", planes);
    const y = NDArray.empty([channels, height, width], this.#dtype);
    const to = y.flat();
    const most = image.dtype === "uint8" ? 255 : 1;
    for (let i = 0; i < to.length; i++) to[i] = (data[i] as number) / most;
    return y;
  }
}
