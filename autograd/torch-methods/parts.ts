import { type NDArray, repeat, ShapeError, tile } from "../../np/index.ts";
import {
  argument,
  describe,
  expectArgument,
  integer,
  normalizeAxis,
  type Required,
} from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { tensorOrArray } from "./comparisons.ts";
import { listed, type Numbers, ShapeMethods } from "./shapes.ts";

const isNumber = (x: unknown): boolean => typeof x === "number";

/** One whole number >= 1, or a list of lengths. */
const sections: Required<number | readonly number[]> = argument(
  "list",
  "a whole number >= 1, or a list of lengths",
  (x) => isNumber(x) || (Array.isArray(x) && x.every(isNumber)),
  (x) =>
    typeof x === "number" ? Number.isInteger(x) && x >= 1 : x.every((n) => Number.isInteger(n) && n >= 0),
);

/** PyTorch's methods that repeat a tensor, or cut it into parts. */
export abstract class PartMethods extends ShapeMethods {
  /** Repeated along axes of length 1 and new leading axes, without copying; −1 keeps a length. NumPy's `broadcast_to`. */
  expand(...sizes: Numbers): Tensor {
    const wanted = listed("expand", sizes);
    const lead = wanted.length - this.ndim;
    return this.broadcastTo(wanted.map((n, axis) => (n === -1 && axis >= lead ? this.size(axis - lead) : n)));
  }
  /** Expanded to the shape of another tensor. */
  expandAs(other: Tensor | NDArray): Tensor {
    expectArgument("expandAs", "other", tensorOrArray, other);
    return this.broadcastTo(other.shape);
  }
  /**
   * The whole tensor again and again, this often along each axis. NumPy's `tile`; NumPy's `repeat` is `repeatInterleave`.
   * @throws ShapeError for fewer numbers than axes
   * @example tensor([1, 2]).repeat(2, 2) // [[1, 2, 1, 2], [1, 2, 1, 2]]
   */
  repeat(...sizes: Numbers): Tensor {
    const times = listed("repeat", sizes);
    if (times.length < this.ndim)
      throw new ShapeError(
        `repeat: Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor: got ${times.length} for ${this.ndim} axes`,
      );
    return tile(this.self(), times);
  }
  /** Each element this often in a row along `dim` (default: of the flattened tensor). NumPy's `repeat`. */
  repeatInterleave(repeats: number, dim: number | null = null): Tensor {
    expectArgument("repeatInterleave", "repeats", integer({ least: 0 }), repeats);
    return repeat(this.self(), repeats, dim);
  }

  /**
   * Parts of `splitSize` along `dim`, the last one shorter; or parts of the lengths in a list. NumPy's `split` takes the number of parts, or positions.
   * @throws RangeError for lengths that do not add up to the axis
   */
  split(splitSize: number | readonly number[], dim: number = 0): Tensor[] {
    expectArgument("split", "splitSize", sections, splitSize);
    const axis = normalizeAxis("split", dim, this.ndim);
    const length = this.size(axis);
    const lengths =
      typeof splitSize === "number"
        ? Array.from({ length: Math.max(1, Math.ceil(length / splitSize)) }, (_, i) =>
            Math.min(splitSize, length - i * splitSize),
          )
        : splitSize;
    const total = lengths.reduce((sum, n) => sum + n, 0);
    if (total !== length)
      throw new RangeError(
        `split: expects the lengths to sum exactly to ${this.shape[axis]}, the length of axis ${axis}, got ${describe([...lengths])}`,
      );
    let start = 0;
    const before = this.shape.slice(0, axis).map(() => null);
    return lengths.map((n) => {
      start += n;
      return this.slice(...before, [start - n, start]);
    });
  }
  /** At most `chunks` parts of equal length along `dim`; the last one may be shorter. */
  chunk(chunks: number, dim: number = 0): Tensor[] {
    expectArgument("chunk", "chunks", integer({ least: 1 }), chunks);
    return this.split(Math.max(1, Math.ceil(this.size(dim) / chunks)), dim);
  }
  /** Every slice along `dim`, as a list. */
  unbind(dim: number = 0): Tensor[] {
    const axis = normalizeAxis("unbind", dim, this.ndim);
    const before = this.shape.slice(0, axis).map(() => null);
    return Array.from({ length: this.size(axis) }, (_, i) => this.slice(...before, i));
  }
}
