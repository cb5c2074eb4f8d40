import { NDArray } from "../../np/index.ts";
import type { LayerLike } from "./own-layer.ts";

/** A method's source up to an empty parameter list: `backward() {`, `async backward() {`, `() =>`. */
const emptyList = /^\s*(async\s+)?(function\s*)?[\w$]*\s*\(\s*\)/;

/**
 * Whether backward has no parameter at all, as in a scalar loss, where dy is 1. The source text decides,
 * because a default value makes `length` 0 as well.
 */
export function takesNoDy(layer: LayerLike): boolean {
  const source = Function.prototype.toString.call(layer.backward);
  return emptyList.test(source) && !/\barguments\b/.test(source);
}

/** Whether y is one number and backward takes no dy, so that it is right to compute the gradients for dy = 1. */
export function isScalarLoss(layer: LayerLike, y: unknown): boolean {
  return y instanceof NDArray && y.size === 1 && takesNoDy(layer);
}
