import { NDArray } from "../../np/index.ts";
import type { Typed } from "./features.ts";

/** An array, or a tensor: the contracts know only that a tensor has values. */
export type Valued = NDArray | (Typed & { readonly data: NDArray });

/** The array itself, or the values of a tensor: a constant. */
export function valuesOf(x: Valued): NDArray {
  return x instanceof NDArray ? x : x.data;
}
