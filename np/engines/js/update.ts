import type { TypedArray } from "../../dtype.ts";
import type { Updates } from "../../updates.ts";
import { adam, adamW } from "./updates/adam.ts";
import { sgd } from "./updates/sgd.ts";

export function addInPlace(y: TypedArray, x: TypedArray, scale: number): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + scale * (x[i] as number);
}

/** One pass over memory for each optimizer. */
export const updates: Updates<TypedArray> = { adam, adamW, sgd };
