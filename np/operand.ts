import { describe } from "./arguments/describe.ts";
import { NDArray } from "./ndarray.ts";
import { twoCopies } from "./package-copy.ts";

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
  return isTensor ? "; put it on the left, or make this array a tensor: tensor(x)" : "";
}

/** @throws TypeError for anything but an array */
export function checkArray(where: string, x: unknown): asserts x is NDArray {
  if (!(x instanceof NDArray)) throw new TypeError(`${where}: expected an array, got ${describeOperand(x)}`);
}

/** @throws TypeError for anything but an array or a number */
export function checkOperand(where: string, x: unknown): asserts x is NDArray | number {
  if (typeof x !== "number" && !(x instanceof NDArray))
    throw new TypeError(`${where}: expected an array or a number, got ${describeOperand(x)}`);
}
