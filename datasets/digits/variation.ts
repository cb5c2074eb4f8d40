/** How much hands and pens differ: standard deviations of normal distributions, unless a line says otherwise. */
export interface Variation {
  /** Each way point moves by this much of the digit's height. */
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
  /** … and differs between the ends of a stroke and its middle by this much of itself. */
  readonly pressure: number;
  /** Each inked pixel loses up to this much of its brightness, uniformly. */
  readonly grain: number;
}

/** Chosen by eye, and so that a network trained on these digits reads MNIST's training images well. */
export const variation: Variation = {
  jitter: 0.055,
  rotationRadians: 0.15,
  slant: 0.15,
  shear: 0.25,
  aspect: 0.14,
  bend: 0.2,
  shiftPixels: 0.7,
  scale: 0.03,
  radiusPixels: [0.65, 1.75],
  pressure: 0.15,
  grain: 0.1,
};
