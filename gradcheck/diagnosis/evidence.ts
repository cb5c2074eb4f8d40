import type { NDArray } from "../../np/index.ts";

/** The known mistakes that a wrong gradient can look like; "unknown" if none fits. */
export type Cause =
  | "factor N"
  | "factor 1/N"
  | "factor 2"
  | "sign"
  | "transposed"
  | "not summed"
  | "mask"
  | "permuted rows"
  | "upstream ignored"
  | "zero"
  | "stale cache"
  | "accumulated"
  | "derivative missing"
  | "other shape"
  | "other factor"
  | "unknown";

/** A length that may appear in a gradient as a factor: `{ name: "N, the batch", length: 4 }`. */
export interface Length {
  readonly name: string;
  readonly length: number;
}

/** A wrong gradient, its correct value, and its value under each known mistake. */
export interface Evidence {
  /** The name of the quantity: "weight", "layer1.bias", "x". */
  readonly quantity: string;
  /** The wrong gradient. */
  readonly found: NDArray;
  /** The value on which the other witnesses agree; its shape may differ. */
  readonly expected: NDArray;
  /** Default: the lengths in the shapes of dy and of the gradient. */
  readonly lengths?: readonly Length[];
  /** The upstream gradient. */
  readonly dy?: NDArray;
  /** The right gradient for dy = ones: the result of a backward that ignores dy. */
  readonly forOnes?: NDArray;
  /**
   * The right gradient for this dy at the input of an earlier forward: the result of a stale cache.
   */
  readonly forEarlier?: NDArray;
  /**
   * The sum of the right gradients of an earlier backward and this one: the result of adding
   * instead of assigning.
   */
  readonly afterTwo?: NDArray;
  /**
   * The right gradient if a square parameter were transposed: the result of dy·Wᵀ instead of dy·W.
   */
  readonly forTransposed?: NDArray;
}

/**
 * The result of a diagnosis: what a wrong gradient looks like, and a sentence that says where to
 * look.
 */
export interface Diagnosis {
  readonly cause: Cause;
  /** A second mistake in addition: "sign" or a factor. */
  readonly also?: Cause;
  readonly text: string;
}

/** dWeight for "weight", layer1.dBias for "layer1.bias", dx for "x", dx2 for "x2". */
export function gradientName(quantity: string): string {
  if (!/^[\w.]+$/.test(quantity)) return `the gradient of ${quantity}`;
  const parts = quantity.split(".");
  const last = (parts.pop() as string).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const name =
    last === "dy" ? "dy" : /^x\d*$/.test(last) ? `d${last}` : `d${last[0]?.toUpperCase()}${last.slice(1)}`;
  return [...parts, name].join(".");
}

/** Whether this is the gradient of a weight or a bias, not of an input. */
export function isParameter(quantity: string): boolean {
  return !/^(x\d*|dy|input \d+)$/.test(quantity);
}
