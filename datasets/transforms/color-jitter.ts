import type { NDArray, Random } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import { adjustBrightness, adjustContrast, adjustSaturation } from "./adjust-color.ts";
import { adjustHue } from "./adjust-hue.ts";
import * as contracts from "./contracts.ts";
import { type Bounds, boundsOption, drawBetween } from "./range.ts";
import type { Transform } from "./transform.ts";

/** Each a number d, for factors from max(0, 1 − d) to 1 + d (for the hue shares from −d to d), or the bounds. 0 leaves it as it is. */
export interface ColorJitterOptions {
  /** Default 0. */
  readonly brightness?: number | Bounds;
  /** Default 0. */
  readonly contrast?: number | Bounds;
  /** Default 0. */
  readonly saturation?: number | Bounds;
  /** Within −0.5 … 0.5. Default 0. */
  readonly hue?: number | Bounds;
}

/** In the order in which a share of each is drawn. */
const adjustments = [adjustBrightness, adjustContrast, adjustSaturation, adjustHue] as const;

/**
 * Another brightness, contrast, saturation and hue, each by a factor of its own, in random order.
 * @throws RangeError for options outside their range; for an image that has neither 1 nor 3 channels
 * @see torchvision.transforms.ColorJitter
 */
export class ColorJitter implements Transform {
  /** Brightness, contrast, saturation, hue; null for what is left as it is. */
  readonly bounds: readonly (Bounds | null)[];

  constructor(options: ColorJitterOptions = {}) {
    const { brightness, contrast, saturation, hue } = settle(contracts.ColorJitter, {}, options);
    const factor = (name: string, given: number | Bounds): Bounds | null => {
      const cut = typeof given === "number" && given > 1 ? ([0, 1 + given] as const) : given;
      return unless(1, boundsOption("ColorJitter", name, cut, { center: 1, least: 0 }));
    };
    this.bounds = [
      factor("brightness", brightness),
      factor("contrast", contrast),
      factor("saturation", saturation),
      unless(0, boundsOption("ColorJitter", "hue", hue, { least: -0.5, most: 0.5 })),
    ];
  }

  forward(image: NDArray, rng: Random): NDArray {
    return this.params(rng).reduce((x, { which, factor }) => {
      const adjust = adjustments[which] as (typeof adjustments)[number];
      return adjust(x, factor);
    }, image);
  }

  /** What is done, in this order. */
  params(rng: Random): { readonly which: number; readonly factor: number }[] {
    const order = [...rng.permutation(adjustments.length).flat()];
    const factors = this.bounds.map((bounds) => bounds && drawBetween(bounds, rng));
    return order.flatMap((which) => {
      const factor = factors[which];
      return factor === null || factor === undefined ? [] : [{ which, factor }];
    });
  }
}

function unless(same: number, bounds: Bounds): Bounds | null {
  return bounds[0] === same && bounds[1] === same ? null : bounds;
}
