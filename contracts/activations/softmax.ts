import { formatShape } from "../../np/index.ts";
import { type Contract, describe, integer, type None, type Required } from "../../np/internal.ts";

/**
 * PyTorch guesses the axis if none is given, which has misled too many users; here it is required.
 */
function dimOf(name: string): Required<number> {
  return integer({}, `: the axis along which y is one distribution, new ${name}(1) for rows of logits`);
}

export const Softmax: Contract<{ dim: number }, None> = {
  name: "Softmax",
  positional: { dim: dimOf("Softmax") },
  options: {},
};

export const LogSoftmax: Contract<{ dim: number }, None> = {
  name: "LogSoftmax",
  positional: { dim: dimOf("LogSoftmax") },
  options: {},
};

/** @throws RangeError for an axis that the shape does not have */
export function expectAxis(where: string, dim: number, shape: readonly number[]): void {
  const ndim = Math.max(1, shape.length); // a single number is a row of one
  if (dim >= -ndim && dim < ndim) return;
  const range = `[${-ndim}, ${ndim - 1}]`;
  throw new RangeError(
    `${where}: x has shape ${formatShape(shape)}; Dimension out of range (expected to be in range of ${range}, but got ${describe(dim)})`,
  );
}
