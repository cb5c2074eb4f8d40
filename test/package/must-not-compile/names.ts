import { rows } from "#internal/names";

// @ts-expect-error: Type '"np.expandDim"' is not assignable to type 'Ours'
export const notOfNp: unknown = rows("differentiable", [["np.expand_dims", "np.expandDim", null, null]]);

// @ts-expect-error: Type '"Tensor.unsqeeze"' is not assignable to type 'Ours'
export const notOfTensor: unknown = rows("other", [[null, null, null, "Tensor.unsqeeze"]]);
