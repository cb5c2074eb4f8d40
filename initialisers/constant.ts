import { expectNumber } from "../contracts/internal.ts";
import { type ArrayOptions, full, type NDArray } from "../np/index.ts";

/**
 * One number everywhere: right for a bias (0), for the weight of a normalisation (1), and an exhibit for any other weight. Units that start
 * equal get equal gradients and stay equal for ever, so that a layer of a hundred of them is worth one; behind weights of 0 even the
 * gradients are 0. Symmetry is broken by chance only, never by training.
 * @throws RangeError unless the value is a finite number
 * @see Goodfellow, Bengio, Courville, "Deep Learning", 2016, section 8.4; `torch.nn.init.constant_` and `zeros_`
 */
export function constant(shape: readonly number[], value: number, options: ArrayOptions = {}): NDArray {
  expectNumber("constant", "value", value, true, "a finite number");
  return full(shape, value, options);
}
