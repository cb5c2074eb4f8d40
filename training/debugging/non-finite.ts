import type { NDArray } from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import type { Batch } from "../loop/train-options.ts";
import { meanOfNothing } from "./mean-of-nothing.ts";

/** The inputs and outputs of one part of a network, in one direction. */
export interface Passage {
  /** `layer1 (Linear)`. */
  readonly title: string;
  readonly pass: "forward" | "backward";
  readonly entered: readonly NDArray[];
  /** By name: y; or dx, dWeight. */
  readonly left: readonly (readonly [name: string, array: NDArray])[];
}

/** Whether every element is finite. One pass: x − x is 0 for finite numbers only. */
export function allFinite(arrays: Iterable<NDArray | null | undefined>): boolean {
  let sum = 0;
  for (const x of arrays) {
    if (!x || !isFloat(x.dtype)) continue;
    const flat = x.flat();
    for (let i = 0; i < flat.length; i++) sum += (flat[i] as number) - (flat[i] as number);
  }
  return sum === 0;
}

/** "3 of 640 elements are NaN"; empty when all are finite. */
function tally(x: NDArray): string {
  const flat = x.flat();
  let [nan, infinite] = [0, 0];
  for (const value of flat) {
    if (Number.isNaN(value)) nan++;
    else if (!Number.isFinite(value)) infinite++;
  }
  const counts = [nan && `${nan} NaN`, infinite && `${infinite} infinite`].filter((text) => text);
  return counts.length > 0 ? `${counts.join(" and ")} of ${flat.length} element(s)` : "";
}

function largest(arrays: readonly NDArray[]): number {
  let most = 0;
  for (const x of arrays) for (const value of x.flat()) most = Math.max(most, Math.abs(value));
  return most;
}

/**
 * Describes NaN or Infinity that is present before anything is computed, in the data or in a
 * parameter, or a batch without a target that counts. Null when there is none.
 */
export function nonFiniteStart(
  batch: Batch,
  parameters: Iterable<readonly [string, NDArray]>,
  loss: object,
): string | null {
  for (const [name, x] of [
    ["x", batch.x],
    ["y", batch.y],
  ] as const) {
    // biome-ignore format: pairs
    if (allFinite([x])) continue;
    const item = x.flat().findIndex((value) => !Number.isFinite(value)) / (x.size / (x.shape[0] ?? 1));
    return `The batch itself contains it: ${name} has ${tally(x)}, first in item ${Math.floor(item)}. Look for NaN in the data: remove or replace such items`;
  }
  for (const [name, value] of parameters) {
    if (allFinite([value])) continue;
    return `The parameter ${name} contains it before anything is computed: ${tally(value)}. The previous update overflowed, or the loaded weights contained it: try a learning rate ten times smaller`;
  }
  return meanOfNothing(loss, batch.y);
}

/**
 * Describes the first passage with finite inputs but non-finite outputs, and what to try. Passages
 * come in the order in which they ended, so a part comes before the network that contains it.
 */
export function firstNonFinite(passages: readonly Passage[]): string {
  for (const { title, pass, entered, left } of passages) {
    if (!allFinite(entered)) continue;
    for (const [name, x] of left) {
      if (allFinite([x])) continue;
      const size = largest(entered);
      const input =
        entered.length > 0
          ? `, though ${pass === "forward" ? "its input" : "its dy"} is finite (largest ${size.toPrecision(2)})`
          : "";
      return `It first appeared in the ${pass} pass of ${title}: ${name} has ${tally(x)}${input}. ${remedy(pass, name, size)}`;
    }
  }
  return onlyFinite;
}

/** What the search says when it finds nothing. */
export const onlyFinite =
  "Running the same batch again gave only finite numbers, so it depends on chance: check layers and transforms that draw random numbers";

function remedy(pass: "forward" | "backward", name: string, size: number): string {
  if (size > 1e15)
    return "The numbers have grown until they overflowed: try a learning rate ten times smaller, or clip the gradients";
  if (pass === "forward")
    return "Look there for a logarithm or root of numbers <= 0, a division by 0, or exp of large numbers; a loss that takes logits avoids these. Then try a learning rate ten times smaller";
  return `Look at how ${name} is computed there. sqrt, log and division have infinite slopes at 0, so add a small eps inside; gradcheck tests the formula`;
}
