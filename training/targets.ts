import { formatShape, isFloat, isfinite, NDArray, ShapeError, sameShape } from "../np/index.ts";
import { expectArray, expectShape } from "./shape-check.ts";

/** What a classifier's targets are: one class index per row, or one row of probabilities. */
export type TargetKind = "indices" | "probabilities";

/**
 * Tells (N,) class indices from (N, C) probabilities for logits (N, C), and everything else from both.
 * A row of integers is the lecture's "Beware": CrossEntropyLoss takes class indices, not one-hot vectors.
 * @throws ShapeError, TypeError or RangeError that says what to pass instead
 * @see PyTorch reference, `torch.nn.CrossEntropyLoss`
 */
export function classTargets(where: string, logits: readonly number[], target: NDArray): TargetKind {
  expectShape(where, "logits", logits, ["N", "C"]);
  const [n, classes] = logits as [number, number];
  expectTarget(where, target);
  const given = `${where}: target has shape ${formatShape(target.shape)}`;
  if (target.ndim === 2 && target.shape[1] === 1 && classes !== 1) {
    throw new ShapeError(
      `${given}, expected (${n},): class indices have no second axis; target.reshape(-1) drops it`,
    );
  }
  if (target.shape[0] !== n) {
    throw new ShapeError(`${given}, but logits have ${n} rows: one target per row is needed`);
  }
  if (target.ndim === 1) {
    expectIndices(where, target, classes);
    return "indices";
  }
  if (!sameShape(target.shape, logits)) {
    throw new ShapeError(`${given}, expected (${n},) class indices or (${n}, ${classes}) probabilities`);
  }
  if (!isFloat(target.dtype)) {
    throw new TypeError(
      `${where}: target is one-hot (${target.dtype}, shape ${formatShape(target.shape)}). Beware: pass the class indices themselves, shape (${n},): target.argmax(1). Probabilities must be float: target.astype("float64")`,
    );
  }
  if (isfinite(target).min().item() === 0)
    throw new RangeError(`${where}: target holds NaN or Infinity; clean the data first`);
  return "probabilities";
}

/** Targets are constants: arrays on both sides. */
function expectTarget(where: string, target: unknown): asserts target is NDArray {
  if (target instanceof NDArray) return;
  const remedy = Array.isArray(target)
    ? "np.array(list) makes one of a list"
    : "of a tensor it is target.data";
  throw new TypeError(`${where}: target is not an NDArray; ${remedy}`);
}

function expectIndices(where: string, target: NDArray, classes: number): void {
  for (const [row, value] of target.flat().entries()) {
    if (!Number.isInteger(value)) {
      throw new TypeError(
        `${where}: target[${row}] is ${value}; class indices are whole numbers. For one number per row to be fitted use MSELoss, for a yes/no use BCEWithLogitsLoss`,
      );
    }
    if (value < 0 || value >= classes) {
      throw new RangeError(
        `${where}: target[${row}] is ${value}; with ${classes} logits a row, classes are 0 … ${classes - 1}`,
      );
    }
  }
}

/** @throws ShapeError unless input and target have one shape; broadcasting here would average the wrong pairs silently */
export function expectSameShape(where: string, input: readonly number[], target: NDArray): void {
  expectArray(where, "input", input);
  expectTarget(where, target);
  if (sameShape(input, target.shape)) return;
  const remedy =
    input.length === 2 && input[1] === 1 && target.ndim === 1
      ? "; target.reshape(-1, 1) makes it a column"
      : "";
  throw new ShapeError(
    `${where}: target has shape ${formatShape(target.shape)}, input ${formatShape(input)}; they must be equal${remedy}`,
  );
}

/** @throws RangeError for an element outside 0 … 1, NaN included */
export function expectProbabilities(
  where: string,
  name: string,
  x: NDArray | { readonly data: NDArray },
): void {
  const values = x instanceof NDArray ? x : x.data;
  for (const [i, value] of values.flat().entries()) {
    if (!(value >= 0 && value <= 1)) {
      throw new RangeError(
        `${where}: ${name} holds ${value} (element ${i}), expected probabilities in 0 … 1`,
      );
    }
  }
}
