import type { NDArray, Random } from "../../np/index.ts";
import { count, expectArgument, settle, stream } from "../../np/internal.ts";
import { type AffineOptions, affine } from "./affine.ts";
import * as contracts from "./contracts.ts";
import { planesOf } from "./planes.ts";
import { type Bounds, boundsOption, drawBetween } from "./range.ts";
import { roundHalfToEven } from "./round-half-to-even.ts";
import { expectInputs, type Transform } from "./transform.ts";
import type { WarpOptions } from "./warp.ts";

export interface RandomAffineOptions extends WarpOptions {
  /**
   * The maximum shift as fractions of width and height, 0 to 1, in whole pixels either way. Default
   * [0, 0].
   */
  readonly translate?: readonly [x: number, y: number];
  /** The bounds of the scale, above 0. Default [1, 1]. */
  readonly scale?: Bounds;
  /**
   * The shear in degrees: a number d for −d to d along x, the bounds along x, or the bounds along x
   * and along y. Default 0.
   */
  readonly shear?: number | Bounds | readonly [lowX: number, highX: number, lowY: number, highY: number];
}

/**
 * Rotates (clockwise, in degrees; a number d means −d to d), shifts, scales and shears an image at
 * random, about its centre.
 * @throws RangeError for options outside their range
 * @see torchvision.transforms.RandomAffine
 */
export class RandomAffine implements Transform {
  readonly degrees: Bounds;
  readonly #translate: readonly [number, number];
  readonly #scale: Bounds;
  readonly #shear: readonly [x: Bounds, y: Bounds];
  readonly #warp: WarpOptions;

  constructor(degrees: number | Bounds, options: RandomAffineOptions = {}) {
    const given = settle(contracts.RandomAffine, { degrees }, options);
    const { translate, scale, shear, interpolation, fill, center } = given;
    this.degrees = boundsOption("RandomAffine", "degrees", degrees);
    this.#translate = translate;
    this.#scale = boundsOption("RandomAffine", "scale", scale, { least: Number.MIN_VALUE });
    const [x, y] = typeof shear === "number" || shear.length === 2 ? [shear, 0] : halves(shear);
    this.#shear = [boundsOption("RandomAffine", "shear", x), boundsOption("RandomAffine", "shear", y)];
    this.#warp = { interpolation, fill, center };
  }

  forward(image: NDArray, rng: Random): NDArray {
    expectInputs("RandomAffine.forward", image, rng);
    const { height, width } = planesOf("RandomAffine", image);
    return affine(image, { ...this.#warp, ...this.params(height, width, rng) });
  }

  /** Draws the parameters for an image of this size. */
  params(height: number, width: number, rng: Random): Required<Omit<AffineOptions, keyof WarpOptions>> {
    const where = "RandomAffine.params";
    expectArgument(where, "height", count(), height);
    expectArgument(where, "width", count(), width);
    expectArgument(where, "rng", stream, rng);
    const angle = drawBetween(this.degrees, rng);
    const pixels = (share: number, n: number): number =>
      roundHalfToEven(drawBetween([-share * n, share * n], rng));
    const translate = [pixels(this.#translate[0], width), pixels(this.#translate[1], height)] as const;
    const scale = drawBetween(this.#scale, rng);
    return {
      angle,
      translate,
      scale,
      shear: [drawBetween(this.#shear[0], rng), drawBetween(this.#shear[1], rng)],
    };
  }
}

function halves(shear: readonly number[]): [Bounds, Bounds] {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = shear;
  return shear.length === 4
    ? [
        [a, b],
        [c, d],
      ]
    : [
        [Number.NaN, Number.NaN],
        [0, 0],
      ];
}
