import { type ArrayOptions, full, type NDArray } from "../np/index.ts";
import { dtypeOption, expectArgument, number } from "../np/internal.ts";

/**
 * Fills the array with one number: right for a bias (0) or a normalisation weight (1), and a
 * demonstration for any other weight. Units that start equal get equal gradients and stay equal
 * forever, so a hundred of them are worth one; behind weights of 0 even the gradients are 0. Only
 * randomness breaks the symmetry, never training.
 * @throws RangeError unless the value is a finite number
 * @see Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 8.4; `torch.nn.init.constant_`
 * and `zeros_`
 */
export function constant(shape: readonly number[], value: number, options?: ArrayOptions): NDArray {
  expectArgument("constant", "value", number(), value);
  return full(shape, value, { dtype: dtypeOption("constant", options) });
}
