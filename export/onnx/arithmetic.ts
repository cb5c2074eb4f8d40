import type { ArithmeticName } from "../trace/traced.ts";
import { sigmoid } from "./rules/sigmoid.ts";
import type { Scope } from "./scope.ts";

/** Writes an operation between parts. */
type ArithmeticRule = (scope: Scope, inputs: readonly string[]) => string;

const operator =
  (opType: string): ArithmeticRule =>
  (scope, inputs) =>
    scope.node(opType, inputs);

/** How the operations between parts are written; as in NumPy, shapes broadcast. */
export const arithmetic: Readonly<Record<ArithmeticName, ArithmeticRule>> = {
  add: operator("Add"),
  sub: operator("Sub"),
  mul: operator("Mul"),
  div: operator("Div"),
  neg: operator("Neg"),
  relu: operator("Relu"),
  sigmoid: (scope, [x]) => sigmoid(scope, x as string),
  tanh: operator("Tanh"),
  exp: operator("Exp"),
  log: operator("Log"),
  flatten: (scope, inputs) => scope.node("Flatten", inputs, { axis: 1 }),
};
