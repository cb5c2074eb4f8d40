import { type NDArray, ones, zeros } from "chalk-and-tape/np";

/** One gradient from a right backward, and a way to run that backward again. */
export interface Found {
  readonly gradient: NDArray;
  readonly dy: NDArray;
  /** The same gradient for another dy. */
  again(dy: NDArray): NDArray;
}

/** A generic mistake: turns a right gradient into a wrong one, for any layer. */
export interface Mutator {
  readonly id: string;
  readonly what: string;
  /** Returns the wrong gradient, or the reason why there is none. */
  spoil(found: Found): NDArray | string;
}

/** x with its last row set to 0; for a scalar, 0. */
function withoutLast(x: NDArray): NDArray {
  if (x.ndim === 0) return x.mul(0);
  const rows = x.shape[0] as number;
  const kept = x.copy();
  kept.slice([rows - 1, rows]).copyFrom(zeros([1, ...x.shape.slice(1)]));
  return kept;
}

function rowsOf(x: NDArray): number {
  return x.shape[0] ?? 1;
}

/** Applied to each gradient of each row of the case table, one at a time. */
export const mutators: readonly Mutator[] = [
  { id: "sign", what: "× −1", spoil: ({ gradient }) => gradient.neg() },
  { id: "twice", what: "× 2", spoil: ({ gradient }) => gradient.mul(2) },
  { id: "half", what: "× ½", spoil: ({ gradient }) => gradient.mul(0.5) },
  { id: "by-a-hair", what: "× 1.0005", spoil: ({ gradient }) => gradient.mul(1.0005) },
  { id: "zero", what: "0", spoil: ({ gradient }) => zeros(gradient.shape) },
  {
    id: "transpose",
    what: "transposed",
    spoil: ({ gradient }) => {
      if (gradient.ndim !== 2) return "not a matrix";
      return gradient.shape[0] === gradient.shape[1]
        ? gradient.T.copy()
        : "not square: its shape would give it away";
    },
  },
  {
    id: "column-order",
    what: "transposed, then reshaped to fit",
    spoil: ({ gradient }) =>
      gradient.ndim < 2 ? "one axis has one order" : gradient.transpose().copy().reshape(gradient.shape),
  },
  {
    id: "rows-permuted",
    what: "rows shifted by one",
    spoil: ({ gradient }) => {
      const n = rowsOf(gradient);
      if (gradient.ndim === 0 || n < 2) return "one row has one order";
      const shifted = gradient.copy();
      shifted.slice([1, n]).copyFrom(gradient.slice([0, n - 1]));
      shifted.slice([0, 1]).copyFrom(gradient.slice([n - 1, n]));
      return shifted;
    },
  },
  { id: "ones-for-dy", what: "ones for dy", spoil: ({ dy, again }) => again(ones(dy.shape)) },
  {
    id: "last-row-lost",
    what: "without its last row",
    spoil: ({ gradient }) => withoutLast(gradient),
  },
  {
    id: "last-sample-lost",
    what: "without the last sample's dy",
    spoil: ({ dy, again }) => (rowsOf(dy) < 2 ? "one dy for all samples" : again(withoutLast(dy))),
  },
  {
    id: "row-mean-subtracted",
    what: "minus the mean over its last axis",
    spoil: ({ gradient }) =>
      gradient.ndim === 0 ? "a scalar" : gradient.sub(gradient.mean(gradient.ndim - 1, true)),
  },
];

/** Applied to the change that an optimizer's step makes. */
export const stepMutators: readonly Mutator[] = mutators.filter(({ id }) =>
  ["sign", "twice", "half", "by-a-hair", "zero"].includes(id),
);
