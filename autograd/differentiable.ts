import { concatenate, type NDArray } from "../np/index.ts";
import { expectArgument, functionOf } from "../np/internal.ts";
import { pullback, resultOf } from "./pullback.ts";
import { noGrad } from "./tape.ts";
import { Tensor } from "./tensor.ts";

/** A function from tensors to a tensor. */
export type TensorFunction = (...inputs: Tensor[]) => Tensor;

const tensorFunction = functionOf<TensorFunction>("a function of tensors: (x) => x.mul(x)");

/** A function of arrays with its backward: what `gradcheck` checks. */
export interface Differentiable {
  forward(...inputs: readonly NDArray[]): NDArray;
  /** ∂L/∂input for every input; zeros where y does not depend on it. */
  backward(dy: NDArray, ...inputs: readonly NDArray[]): NDArray[];
}

/**
 * Turns a tensor function into forward and backward on arrays, so that
 * `gradcheck(differentiable((x, w) => tanh(x.matmul(w))), [x, w])` checks the tape's gradients of
 * all inputs.
 * Parameters that f closes over are constants, and their `.grad` does not change.
 */
export function differentiable(f: TensorFunction): Differentiable {
  expectArgument("differentiable", "f", tensorFunction, f);
  const onTensors = (inputs: readonly NDArray[]): Tensor[] => inputs.map((x) => new Tensor(x));
  const pair: Differentiable = {
    forward: (...inputs) =>
      resultOf(
        "differentiable",
        noGrad(() => f(...onTensors(inputs))),
      ).data,
    backward: (dy, ...inputs) =>
      noGrad(() => pullback("differentiable", f, onTensors(inputs), dy)).map((dx) => dx.data),
  };
  // The name that reports print.
  Object.defineProperty(pair.forward, "name", { value: f.name });
  return pair;
}

/**
 * Returns the gradients of f as a function of f's inputs and dy, flattened and concatenated: (x…,
 * dy) ↦ (dx…). Its derivatives are the second derivatives of f, so
 * `gradcheck(differentiableTwice(f), [...inputs, dy])` is PyTorch's gradgradcheck.
 * Because dy is an input too, even a linear f is really checked: dx is linear in dy, though its
 * derivative with respect to x is 0.
 * @see PyTorch's `torch.autograd.gradgradcheck`
 */
export function differentiableTwice(f: TensorFunction): Differentiable {
  const first: TensorFunction = (...all) => {
    const [xs, dy] = [all.slice(0, -1), all.at(-1)];
    if (!dy || xs.length === 0)
      throw new RangeError(
        `differentiableTwice: got ${all.length} inputs; expected f's inputs, and dy after them`,
      );
    return concatenate(pullback("differentiableTwice", f, xs, dy).map((dx) => dx.reshape(-1)));
  };
  Object.defineProperty(first, "name", { value: f.name });
  return differentiable(first);
}
