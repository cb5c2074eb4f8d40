import type { NDArray } from "../../np/index.ts";

/** The mistake that a wrong gradient looks like; "unknown" if no known one fits. */
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

/** A length that may occur as a factor in a gradient: `{ name: "N, the batch", length: 4 }`. */
export interface Length {
  readonly name: string;
  readonly length: number;
}

/** A wrong gradient, the right one, and the results that some known mistakes would give. */
export interface Evidence {
  /** The parameter or input whose gradient this is: "weight", "layer1.bias", "x". */
  readonly quantity: string;
  /** The wrong gradient. */
  readonly found: NDArray;
  /** The gradient that the other witnesses agree on; its shape may differ from that of `found`. */
  readonly expected: NDArray;
  /** Lengths to look for as factors; default: those in the shapes of dy and of the gradient. */
  readonly lengths?: readonly Length[];
  /** The upstream gradient. */
  readonly dy?: NDArray;
  /** The right gradient for dy = ones, which a backward that ignores dy gives. */
  readonly forOnes?: NDArray;
  /** The right gradient for this dy and the input of an earlier forward, which a stale cache gives. */
  readonly forEarlier?: NDArray;
  /** The sum of the right gradients of an earlier backward and this one, which adding instead of assigning gives. */
  readonly afterTwo?: NDArray;
  /** The right gradient for a transposed square parameter, which dy·Wᵀ instead of dy·W gives. */
  readonly forTransposed?: NDArray;
}

/** The mistake that a wrong gradient looks like, and a sentence that says where to look. */
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
