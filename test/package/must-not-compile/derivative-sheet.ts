import { type Ops, op, ops } from "chalk-and-tape/autograd";
import type { NDArray } from "chalk-and-tape/np";

// @ts-expect-error: Source has 1 element(s) but target requires 2
export const secondVjpMissing: Ops["matmul"] = [(dy, _a, b) => dy.matmul(b.T)];

const { exp } = ops;
// @ts-expect-error: Source has 2 element(s) but target allows only 1
export const oneVjpTooMany: Ops["exp"] = [exp[0], exp[0]];

const { tanh: _tanh, ...allButTanh } = ops;
// @ts-expect-error: Property 'tanh' is missing
export const primitiveMissing: Ops = allButTanh;

// @ts-expect-error: is not assignable to type 'null'
export const vjpForAnIndex: Ops["gather"] = [ops.gather[0], ops.gather[0]];

// @ts-expect-error: Expected 3 arguments, but got 2
export const studentForgetsOne = op(
  (a: NDArray, b: NDArray) => a.mul(b),
  (dy, _a, b) => dy.mul(b),
);
