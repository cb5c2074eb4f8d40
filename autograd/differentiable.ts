import { concatenate, type NDArray } from "../np/index.ts";
import { pullback, resultOf } from "./pullback.ts";
import { noGrad } from "./tape.ts";
import { Tensor } from "./tensor.ts";

/** A function of tensors, its result too. */
export type TensorFunction = (...inputs: Tensor[]) => Tensor;

/** A function of arrays with its backward: what `gradcheck` checks. */
export interface Differentiable {
  forward(...inputs: readonly NDArray[]): NDArray;
  /** ∂L/∂input for every input, zeros where y does not depend on it. */
  backward(dy: NDArray, ...inputs: readonly NDArray[]): NDArray[];
}

/**
 * A tensor function as forward and backward on arrays: `gradcheck(differentiable((x, w) => tanh(x.matmul(w))), [x, w])` checks the
 * tape's gradients of all inputs. Parameters that f closes over are constants, and their `.grad` stays as it is.
 */
export function differentiable(f: TensorFunction): Differentiable {
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
  // The name by which a report calls it.
  Object.defineProperty(pair.forward, "name", { value: f.name });
  return pair;
}

/**
 * The gradients of f as such a function of f's inputs and of dy, flat and joined: (x…, dy) ↦ (dx…). Its derivatives are f's second ones, so
 * `gradcheck(differentiableTwice(f), [...inputs, dy])` is PyTorch's gradgradcheck. With dy an input, too, the check of a linear
 * f is not empty: dx is linear in dy, though its derivative by x is 0.
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
