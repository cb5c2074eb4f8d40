/** NumPy's numbers. */

/** π, the circumference of a circle of diameter 1. */
export const pi: number = Math.PI;
/** e, whose natural logarithm is 1. */
export const e: number = Math.E;
/** Infinity. */
export const inf: number = Number.POSITIVE_INFINITY;
/** Not a number. */
export const nan: number = Number.NaN;
