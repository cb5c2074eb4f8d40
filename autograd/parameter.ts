import { array, NDArray, type Nested } from "../np/index.ts";
import { Tensor } from "./tensor.ts";

/**
 * A tensor that a module learns: a leaf that requires a gradient. `tensor(x, { requiresGrad: true })` does as well, since every such field of
 * a module is a parameter; this name says what it is for.
 * @throws TypeError for integers, which have no gradient
 * @see PyTorch's `torch.nn.Parameter`
 * @example new Parameter(zeros([3])).requiresGrad // true
 */
export class Parameter extends Tensor {
  constructor(data: Tensor | NDArray | Nested, requiresGrad: boolean = true) {
    super(data instanceof Tensor ? data.data : data instanceof NDArray ? data : array(data), requiresGrad);
  }
}
