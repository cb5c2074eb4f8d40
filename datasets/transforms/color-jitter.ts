import type { NDArray, Random } from "../../np/index.ts";
import { expectArgument, settle, stream } from "../../np/internal.ts";
import { adjustBrightness, adjustContrast, adjustSaturation } from "./adjust-color.ts";
import { adjustHue } from "./adjust-hue.ts";
import * as contracts from "./contracts.ts";
import { type Bounds, boundsOption, drawBetween } from "./range.ts";
import { expectInputs, type Transform } from "./transform.ts";

/**
 * Each option is a number d for factors from max(0, 1 − d) to 1 + d (for the hue, fractions from −d
 * to d), or the bounds. 0 changes nothing.
 */
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

/** In the order in which their factors are drawn. */
const adjustments = [adjustBrightness, adjustContrast, adjustSaturation, adjustHue] as const;

/**
 * Changes brightness, contrast, saturation and hue, each by its own random factor, in random order.
 * @throws RangeError for options outside their range; for an image with neither 1 nor 3 channels
 * @see torchvision.transforms.ColorJitter
 */
export class ColorJitter implements Transform {
  /** The bounds for brightness, contrast, saturation and hue; null for no change. */
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
    expectInputs("ColorJitter.forward", image, rng);
    return this.params(rng).reduce((x, { which, factor }) => {
      const adjust = adjustments[which] as (typeof adjustments)[number];
      return adjust(x, factor);
    }, image);
  }

  /** Draws the adjustments, in the order in which they are applied. */
  params(rng: Random): { readonly which: number; readonly factor: number }[] {
    expectArgument("ColorJitter.params", "rng", stream, rng);
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
