import { sizeOf } from "../../np/index.ts";
import type { ArithmeticName, Value } from "./traced.ts";

/** What a network may compute between its parts, by the name of the primitive. */
const plain: readonly string[] = [
  "add",
  "sub",
  "mul",
  "div",
  "neg",
  "sigmoid",
  "tanh",
  "exp",
  "log",
] satisfies ArithmeticName[];

/** The names for a message. */
export const arithmeticInWords: string = "add, sub, mul, div, neg, relu, sigmoid, tanh, exp, log and flatten";

/** An operation with its operands; those that are neither an array nor a number are left out. */
export interface Operation {
  readonly op: ArithmeticName;
  readonly operands: readonly unknown[];
}

/**
 * The operation that a primitive with these arguments is; null for one that cannot be exported.
 * relu is maximum(x, 0), flatten a reshape to one row for each sample.
 */
export function operationOf(primitive: string, args: readonly unknown[], output: Value): Operation | null {
  if (plain.includes(primitive)) return { op: primitive as ArithmeticName, operands: args };
  if (primitive === "maximum" && args.includes(0))
    return { op: "relu", operands: args.filter((x) => x !== 0) };
  const [x] = args as [Value];
  if (primitive === "reshape" && x.shape.length >= 2 && isFlat(x.shape, output.shape))
    return { op: "flatten", operands: [x] };
  return null;
}

function isFlat([n, ...rest]: readonly number[], to: readonly number[]): boolean {
  return to.length === 2 && to[0] === n && to[1] === sizeOf(rest);
}
