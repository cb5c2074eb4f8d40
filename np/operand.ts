import { NDArray } from "./ndarray.ts";

/** What a wrong operand is, and how to make it a right one. */
export function describe(x: unknown): string {
  if (x === null || x === undefined) return String(x);
  if (Array.isArray(x)) return "a list; np.array(list) makes an array";
  if (ArrayBuffer.isView(x)) return "a typed array; np.array(data) makes an array";
  if (typeof (x as { priority?: unknown }).priority === "number")
    return "a tensor; put it on the left, or make this array one: tensor(x)";
  if (typeof x === "number") return `the number ${x}; np.array(${x}) makes an array`;
  return typeof x;
}

/** @throws TypeError for anything but an array */
export function checkArray(where: string, x: unknown): asserts x is NDArray {
  if (!(x instanceof NDArray)) throw new TypeError(`${where}: expected an array, got ${describe(x)}`);
}

/** @throws TypeError for anything but an array or a number */
export function checkOperand(where: string, x: unknown): asserts x is NDArray | number {
  if (typeof x !== "number" && !(x instanceof NDArray))
    throw new TypeError(`${where}: expected an array or a number, got ${describe(x)}`);
}
