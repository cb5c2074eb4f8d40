import type { NDArray } from "../../np/index.ts";
import type { Advice } from "./advice.ts";

/** The known mistakes that a wrong gradient or step can look like; "unknown" if none fits. */
export type Cause =
  | "factor N"
  | "factor 1/N"
  | "factor 2"
  | "sign"
  | "transposed"
  | "turned"
  | "not summed"
  | "mask"
  | "mask returned"
  | "permuted rows"
  | "upstream ignored"
  | "zero"
  | "stale cache"
  | "accumulated"
  | "derivative missing"
  | "wrong argument"
  | "wrong derivative"
  | "extra factor"
  | "term missing"
  | "wrong term"
  | "wrong axis"
  | "wrong count"
  | "epsilon"
  | "bias correction"
  | "weight decay"
  | "momentum"
  | "update rule"
  | "other shape"
  | "other factor"
  | "only in part"
  | "unknown";

/** A length that may appear in a gradient as a factor: `{ name: "N, the batch", length: 4 }`. */
export interface Length {
  readonly name: string;
  readonly length: number;
}

/** A wrong gradient, its correct value, and its value under each known mistake. */
export interface Evidence {
  /** The name of the quantity: "weight", "layer1.bias", "x"; "y" for forward's result. */
  readonly quantity: string;
  /** The wrong gradient. */
  readonly found: NDArray;
  /** The value on which the other witnesses agree; its shape may differ. */
  readonly expected: NDArray;
  /** Default: the lengths in the shapes of dy and of the gradient. */
  readonly lengths?: readonly Length[];
  /** The upstream gradient. */
  readonly dy?: NDArray;
  /** x, followed by others such as a loss's target. */
  readonly inputs?: readonly NDArray[];
  /** The place in `inputs` of the one whose gradient this is; −1 for a parameter. By default x is 0, x2 is 1. */
  readonly own?: number;
  /** The right result of forward for these inputs. */
  readonly y?: NDArray;
  /** The parameters' values by name. */
  readonly parameters?: ReadonlyMap<string, NDArray>;
  /** The layer's options that are numbers, by name: its ε, its slope. */
  readonly constants?: ReadonlyMap<string, number>;
  /** The right gradient for another dy and other inputs of the same shapes. */
  readonly right?: (dy: NDArray, ...inputs: readonly NDArray[]) => NDArray | undefined;
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
  /** The right gradient if the kernel were turned by 180°: the result of a convolution for a correlation. */
  readonly forTurned?: NDArray;
}

/** The result of a diagnosis: the known mistake, and what to tell a student. */
export interface Diagnosis extends Advice {
  readonly cause: Cause;
  /** A second mistake in addition: "sign" or a factor. */
  readonly also?: Cause;
}

/** dWeight for "weight", layer1.dBias for "layer1.bias", dx for "x", dx2 for "x2", y for "y". */
export function gradientName(quantity: string): string {
  if (quantity === "y") return "y";
  if (!/^[\w.]+$/.test(quantity)) return `the gradient of ${quantity}`;
  const parts = quantity.split(".");
  const last = (parts.pop() as string).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const name =
    last === "dy" ? "dy" : /^x\d*$/.test(last) ? `d${last}` : `d${last[0]?.toUpperCase()}${last.slice(1)}`;
  return [...parts, name].join(".");
}

/** Whether this is the gradient of a weight or a bias, not of an input. */
export function isParameter({ quantity, own }: Pick<Evidence, "quantity" | "own">): boolean {
  return own === undefined ? !/^(x\d*|y|dy|input \d+)$/.test(quantity) : own < 0;
}
