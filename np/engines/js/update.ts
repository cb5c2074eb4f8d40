import type { TypedArray } from "../../dtype.ts";
import type { Updates } from "../../update-signatures.ts";
import { adadelta } from "./updates/adadelta.ts";
import { adagrad } from "./updates/adagrad.ts";
import { adam } from "./updates/adam.ts";
import { adamax } from "./updates/adamax.ts";
import { nadam } from "./updates/nadam.ts";
import { radam } from "./updates/radam.ts";
import { rmsprop } from "./updates/rmsprop.ts";
import { rprop } from "./updates/rprop.ts";
import { sgd } from "./updates/sgd.ts";

export function addInPlace(y: TypedArray, x: TypedArray, scale: number): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] as number) + scale * (x[i] as number);
}

/** One pass over memory for each optimizer. */
export const updates: Updates<TypedArray> = {
  adadelta,
  adagrad,
  adam,
  adamax,
  nadam,
  radam,
  rmsprop,
  rprop,
  sgd,
};
