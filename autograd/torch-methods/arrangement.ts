import { diag, diagonal, flip, roll, trace, tril, triu } from "../../np/index.ts";
import { argument, expectArgument, orNull, type Required } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { OrderMethods } from "./order.ts";
import { listed, type Numbers } from "./shapes.ts";

const isWhole = (x: unknown): boolean => Number.isInteger(x);
const numbers: Required<number | readonly number[]> = argument(
  "list",
  "a whole number, or a list of them",
  (x) => isWhole(x) || (Array.isArray(x) && x.every(isWhole)),
);

/** PyTorch's methods for triangles and diagonals, and for elements that move along an axis. */
export abstract class ArrangementMethods extends OrderMethods {
  /** The lower triangle of a matrix, or of each of several; 0 above this diagonal. */
  tril(diagonal: number = 0): Tensor {
    return tril(this.self(), diagonal);
  }
  /** The upper triangle of a matrix, or of each of several; 0 below this diagonal. */
  triu(diagonal: number = 0): Tensor {
    return triu(this.self(), diagonal);
  }
  /** The diagonal of a matrix; of a vector, the matrix that has it on its diagonal. */
  diag(diagonal: number = 0): Tensor {
    return diag(this.self(), diagonal);
  }
  /** The elements x[…, i, …, i + offset, …] of two axes, as a new last axis. */
  diagonal(offset: number = 0, dim1: number = 0, dim2: number = 1): Tensor {
    return diagonal(this.self(), offset, dim1, dim2);
  }
  /** The sum of the main diagonal. */
  trace(): Tensor {
    return trace(this.self());
  }
  /** The elements moved along `dims` (default: in the flattened tensor); those that pass the end come in at the beginning. */
  roll(shifts: number | readonly number[], dims: number | readonly number[] | null = null): Tensor {
    expectArgument("roll", "shifts", numbers, shifts);
    expectArgument("roll", "dims", orNull(numbers, "the flattened tensor"), dims);
    return roll(this.self(), shifts, dims);
  }
  /** The elements in opposite order along these axes: `x.flip(0, 1)` or `x.flip([0, 1])`. NumPy's takes all without any. */
  flip(...dims: Numbers): Tensor {
    return flip(this.self(), listed("flip", dims));
  }
}
