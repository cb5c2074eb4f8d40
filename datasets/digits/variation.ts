/**
 * The variation of handwriting and pens: uniform, from minus to plus the number, unless a line says
 * otherwise.
 */
export interface Variation {
  /** The shift of each way point, along both axes, in digit heights. */
  readonly jitter: number;
  readonly rotationRadians: number;
  /** The mean slant, x per unit upwards: most people lean to the right. */
  readonly slant: number;
  /** The variation of the slant. */
  readonly shear: number;
  /** The variation of the logarithm of width : height. */
  readonly aspect: number;
  /** The variation of the coefficients with which squared coordinates bend the plane. */
  readonly bend: number;
  /** The shift of the centre of mass from the image's centre. */
  readonly shiftPixels: number;
  /** The variation of the logarithm of the body's size. */
  readonly scale: number;
  /** The pen's radius is uniform between these two, in pixels. */
  readonly radiusPixels: readonly [thin: number, thick: number];
  /**
   * The relative change of the radius along a stroke: thinner at the start and thicker at the end,
   * or the other way round.
   */
  readonly pressure: number;
  /** Each inked pixel loses up to this fraction of its brightness. */
  readonly grain: number;
}

/**
 * Chosen so that a person can read the digits, and a network trained on them can read MNIST's
 * training images.
 */
export const variation: Variation = {
  jitter: 0.085,
  rotationRadians: 0.26,
  slant: 0.15,
  shear: 0.43,
  aspect: 0.24,
  bend: 0.31,
  shiftPixels: 1.1,
  scale: 0.05,
  radiusPixels: [0.7, 1.8],
  pressure: 0.25,
  grain: 0.1,
};
