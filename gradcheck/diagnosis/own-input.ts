import { type NDArray, sameShape } from "../../np/index.ts";
import type { Evidence } from "./evidence.ts";

/** The arrays around the gradient of one input. */
export interface OwnInput {
  readonly x: NDArray;
  readonly y: NDArray;
  readonly dy: NDArray;
}

/** The input whose gradient this is, with y and dy; null for a parameter, or where they are unknown. */
export function ownInput(evidence: Evidence): OwnInput | null {
  const { inputs = [], own = placeOfInput(evidence.quantity), y, dy, expected } = evidence;
  const x = inputs[own];
  if (!y || !dy) return null;
  return x && sameShape(x.shape, expected.shape) ? { x, y, dy } : null;
}

/** 0 for x, 1 for x2, 2 for "input 2", −1 for a parameter. */
function placeOfInput(quantity: string): number {
  const [, kind, number = ""] = /^(x|input )(\d*)$/.exec(quantity) ?? [];
  if (kind === undefined) return -1;
  return kind === "x" ? Math.max(1, Number(number)) - 1 : Number(number);
}

/** The same if y has the shape of x, so that forward may work element by element. */
export function elementwise(evidence: Evidence): OwnInput | null {
  const own = ownInput(evidence);
  return own && sameShape(own.x.shape, own.y.shape) && sameShape(own.y.shape, own.dy.shape) ? own : null;
}

/** The variable in formulas: x, or x2 for the second input. */
export function variable(quantity: string): string {
  return /^x\d+$/.test(quantity) ? quantity : "x";
}
