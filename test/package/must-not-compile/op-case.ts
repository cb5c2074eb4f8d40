import { grad, onceDifferentiable, op, type Tensor } from "chalk-and-tape/autograd";
import type { NDArray } from "chalk-and-tape/np";
import { type OpCases, opCases } from "#internal/compare";

const { tanh: _tanh, ...allButTanh } = opCases;
// @ts-expect-error: Property 'tanh' is missing
export const primitiveWithoutCase: OpCases = allButTanh;

// @ts-expect-error: Type '[]' is not assignable to type 'readonly [OpCase, ...OpCase[]]'
export const primitiveWithNoCases: OpCases = { ...opCases, exp: [] };

export const marked: (x: NDArray | Tensor) => Tensor = op(
  (x: NDArray) => x.mul(x),
  onceDifferentiable("by hand", (dy, x) => dy.mul(x).mul(2)),
);
// @ts-expect-error: not assignable to parameter of type 'TensorLike'
grad((x: Tensor) => x.mul(x))("two");
// @ts-expect-error: not assignable to parameter of type 'NDArray'
grad((x: Tensor, t: NDArray) => x.mul(t))(2, 3);
