import { NDArray } from "../../np/index.ts";
import { expectArgument, ndarray, settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { planesOf } from "./planes.ts";
import type { Transform } from "./transform.ts";

export interface ToTensorOptions {
  /**
   * The axis order of three-axis images: "CHW", as in all datasets here, or "HWC", as in files and
   * NumPy images. Default "CHW".
   */
  readonly layout?: "CHW" | "HWC";
  /** The dtype of the result: "float64" or "float32". Default "float64". */
  readonly dtype?: "float64" | "float32";
}

/**
 * Converts bytes to numbers: y = x / 255 for uint8 in 0 … 255. Floats keep their values, as in
 * torchvision.
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
    expectArgument("ToTensor.forward", "image", ndarray, image);
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
