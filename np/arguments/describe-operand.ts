import { twoCopies } from "../package-copy.ts";
import { describe } from "./describe.ts";

/** Describes a bad operand and how to fix it, for error messages. */
export function describeOperand(x: unknown): string {
  return `${describe(x)}${remedy(x)}`;
}

function remedy(x: unknown): string {
  if (twoCopies(x)) return ""; // the description says it
  if (Array.isArray(x)) return "; np.array(list) makes an array";
  if (ArrayBuffer.isView(x)) return "; np.array(data) makes an array";
  if (typeof x === "number") return `; np.array(${x}) makes an array`;
  const isTensor = typeof (x as { priority?: unknown } | null | undefined)?.priority === "number";
  return isTensor
    ? "; put it on the left, make this array a tensor, tensor(x), or take its array, x.data"
    : "";
}
