import { describe } from "./arguments/describe.ts";
import { describeOperand } from "./arguments/describe-operand.ts";
import { NDArray } from "./ndarray.ts";

/** @throws TypeError for anything but an array */
export function checkArray(where: string, x: unknown): asserts x is NDArray {
  if (!(x instanceof NDArray)) throw new TypeError(`${where}: expected an array, got ${describeOperand(x)}`);
}

/** For functions that have no gradient. @throws TypeError for anything but an array */
export function checkConstant(where: string, x: unknown): asserts x is NDArray {
  if (x instanceof NDArray) return;
  const isTensor = typeof (x as { priority?: unknown } | null | undefined)?.priority === "number";
  throw new TypeError(
    isTensor
      ? `${where}: it has no gradient, so it takes arrays only, got ${describe(x)}; x.data is the array of a tensor x`
      : `${where}: expected an array, got ${describeOperand(x)}`,
  );
}

/** @throws TypeError for anything but an array or a number */
export function checkOperand(where: string, x: unknown): asserts x is NDArray | number {
  if (typeof x !== "number" && !(x instanceof NDArray))
    throw new TypeError(`${where}: expected an array or a number, got ${describeOperand(x)}`);
}
