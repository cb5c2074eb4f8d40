import { expandDims, type NDArray, ShapeError, sizeOf, swapaxes, transpose } from "../../np/index.ts";
import { describe, expectArgument, normalizeAxis, resolveShape } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { ComparisonMethods, tensorOrArray } from "./comparisons.ts";

/** Several numbers, or one list of them: `f(2, 3)` and `f([2, 3])` alike. */
export type Numbers = number[] | [list: readonly number[]];

const isNumber = (x: unknown): boolean => typeof x === "number";

/** The list of `f(2, 3)` or `f([2, 3])`. @throws TypeError for anything but numbers */
export function listed(where: string, given: Numbers): readonly number[] {
  const list: readonly unknown[] = Array.isArray(given[0]) ? given[0] : given;
  const isList = (x: readonly unknown[]): x is readonly number[] => x.every(isNumber);
  if (isList(list)) return list;
  throw new TypeError(`${where}: got ${list.map(describe).join(", ")}; expected whole numbers`);
}

/** PyTorch's methods for the shape: the same elements in another arrangement. */
export abstract class ShapeMethods extends ComparisonMethods {
  /** The shape; with `dim`, the length of one axis. */
  size(): readonly number[];
  size(dim: number): number;
  size(dim?: number): readonly number[] | number {
    return dim === undefined ? this.shape : (this.shape[normalizeAxis("size", dim, this.ndim)] as number);
  }
  /** The number of axes. */
  dim(): number {
    return this.ndim;
  }
  /** The number of elements. */
  numel(): number {
    return sizeOf(this.shape);
  }

  /** The same elements in another shape, as `reshape`: a copy where PyTorch's `view` refuses. One −1 is inferred. */
  view(...shape: Numbers): Tensor {
    return this.reshape(resolveShape("view", listed("view", shape), this.shape));
  }
  /** The same elements in the shape of another tensor. */
  viewAs(other: Tensor | NDArray): Tensor {
    expectArgument("viewAs", "other", tensorOrArray, other);
    return this.reshape(other.shape);
  }
  /** The tensor itself: `view` never asks for contiguous memory here. */
  contiguous(): Tensor {
    return this.self();
  }
  /**
   * A new axis of length 1 before `dim`. NumPy's `expand_dims`.
   * @example tensor([1, 2]).unsqueeze(1) // [[1], [2]]
   */
  unsqueeze(dim: number): Tensor {
    return expandDims(this.self(), normalizeAxis("unsqueeze", dim, this.ndim + 1));
  }
  /** Without the axes of length 1: all of them, or those among `dim`. */
  squeeze(...dim: Numbers): Tensor {
    const axes = listed("squeeze", dim).map((axis) => normalizeAxis("squeeze", axis, Math.max(this.ndim, 1)));
    const isKept = (n: number, axis: number): boolean => n !== 1 || (dim.length > 0 && !axes.includes(axis));
    return this.reshape(this.shape.filter(isKept));
  }
  /** The axes startDim … endDim as one; a scalar becomes a vector. NumPy's `flatten` takes no axes. */
  flatten(startDim: number = 0, endDim: number = -1): Tensor {
    const ndim = Math.max(this.ndim, 1);
    const [start, end] = [normalizeAxis("flatten", startDim, ndim), normalizeAxis("flatten", endDim, ndim)];
    if (start > end)
      throw new RangeError("flatten: flatten() has invalid args: start_dim cannot come after end_dim");
    const { shape } = this;
    return this.reshape([
      ...shape.slice(0, start),
      sizeOf(shape.slice(start, end + 1)),
      ...shape.slice(end + 1),
    ]);
  }
  /** Axes in a new order: `x.permute(0, 2, 1)`. NumPy's `transpose`. */
  permute(...dims: Numbers): Tensor {
    return transpose(this.self(), listed("permute", dims));
  }
  /** Two axes swapped. NumPy's `swapaxes`. @throws TypeError unless there are two numbers: `permute` takes all axes */
  transpose(dim0: number, dim1: number, ...more: never[]): Tensor {
    if (typeof dim0 !== "number" || typeof dim1 !== "number" || more.length > 0) {
      throw new TypeError(
        `transpose: a tensor's transpose swaps two axes, x.transpose(0, 1), got ${describe([dim0, dim1, ...more])}; permute takes all axes in the new order: x.permute(1, 0)`,
      );
    }
    return swapaxes(this.self(), dim0, dim1);
  }
  /** A matrix transposed; a vector or a scalar as it is. @throws ShapeError for more than two axes */
  t(): Tensor {
    if (this.ndim > 2)
      throw new ShapeError(`t: t() expects a tensor with <= 2 dimensions, but self is ${this.ndim}D; use mT`);
    return this.T;
  }
}
