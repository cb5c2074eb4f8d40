/** How much hands and pens differ: uniform, from minus to plus the number, unless a line says otherwise. */
export interface Variation {
  /** Of each way point, along both axes, in digit heights. */
  readonly jitter: number;
  readonly rotationRadians: number;
  /** Most people lean to the right: the mean slant, x for each unit upwards … */
  readonly slant: number;
  /** … and how much slants differ. */
  readonly shear: number;
  /** Of the logarithm of width : height. */
  readonly aspect: number;
  /** Of the coefficients by which squares of coordinates bend the plane. */
  readonly bend: number;
  /** Of the centre of mass against the image's centre. */
  readonly shiftPixels: number;
  /** Of the logarithm of the body's size. */
  readonly scale: number;
  /** The pen's radius is uniform between these two, in pixels … */
  readonly radiusPixels: readonly [thin: number, thick: number];
  /** … and a stroke begins with less and ends with more of it, or the other way round, by this share. */
  readonly pressure: number;
  /** Each inked pixel loses up to this share of its brightness. */
  readonly grain: number;
}

/** Chosen so that a person reads the digits, and a network trained on them reads MNIST's training images. */
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
