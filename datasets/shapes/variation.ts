/** How much the pictures vary: uniform between the two numbers, or from minus to plus the one. */
export interface Variation {
  /** Half the width of a shape. */
  readonly radiusPixels: readonly [small: number, large: number];
  /** The shift of a shape's middle from the image's, along both axes. */
  readonly shiftPixels: number;
  readonly rotationRadians: number;
  /** The logarithm of width : height. */
  readonly aspect: number;
  /** By how much a shape is brighter than its background at least, from black, 0, to white, 1. */
  readonly contrast: number;
  /** By how much the background brightens from one side to the other. */
  readonly slope: number;
  /** The height of the background's waves. */
  readonly waves: number;
  /** By how much every number of an image is off. */
  readonly grain: number;
}

/** Chosen so that a person names every shape, and a network has to look at its edges. */
export const variation: Variation = {
  radiusPixels: [7, 11],
  shiftPixels: 4,
  rotationRadians: 0.4,
  aspect: 0.25,
  contrast: 0.15,
  slope: 0.2,
  waves: 0.1,
  grain: 0.08,
};
