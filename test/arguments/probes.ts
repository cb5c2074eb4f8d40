/** The wrong values that every public function is called with. */
import { tensor } from "chalk-and-tape/autograd";
import { ReLU } from "chalk-and-tape/manual";
import { array } from "chalk-and-tape/np";
import type { ProbeName } from "./public-calls.ts";

export interface Probe {
  /** Its type, as the compiler writes it where the rooms are imported under their names. */
  readonly type: string;
  readonly make: () => unknown;
}

export const probes: Readonly<Record<ProbeName, Probe>> = {
  number: { type: "number", make: () => 0.5 },
  "not a number": { type: "number", make: () => Number.NaN },
  infinity: { type: "number", make: () => Number.POSITIVE_INFINITY },
  string: { type: "string", make: () => "1" },
  list: { type: "[number]", make: () => [1] },
  "a nested list": { type: "string[][]", make: () => [["1"]] },
  boolean: { type: "boolean", make: () => true },
  null: { type: "null", make: () => null },
  undefined: { type: "undefined", make: () => undefined },
  bigint: { type: "bigint", make: () => 1n },
  symbol: { type: "symbol", make: () => Symbol("1") },
  object: { type: "{ readonly zebra: number }", make: () => ({ zebra: 1 }) },
  "an empty object": { type: "{}", make: () => ({}) },
  "an object without a prototype": { type: "{}", make: () => Object.create(null) },
  "an array of another dtype": { type: "np.NDArray", make: () => array([1, 2], { dtype: "int32" }) },
  "a scalar array": { type: "np.NDArray", make: () => array(1) },
  tensor: { type: "autograd.Tensor", make: () => tensor([1, 2]) },
  function: { type: "(() => void)", make: () => () => {} },
  class: { type: "typeof manual.ReLU", make: () => ReLU },
  instance: { type: "manual.ReLU", make: () => new ReLU() },
};
