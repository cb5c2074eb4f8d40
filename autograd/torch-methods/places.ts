import {
  formatShape,
  full,
  gather,
  NDArray,
  ones,
  type Range,
  ShapeError,
  take,
  unslice,
} from "../../np/index.ts";
import { expectArgument, normalizeAxis } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { tensorOrArray } from "./comparisons.ts";
import { ReductionMethods } from "./reductions.ts";

/** PyTorch's methods that read or write elements by their indices. */
export abstract class PlaceMethods extends ReductionMethods {
  /**
   * The elements at these positions along `dim`: y[i][j] = x[index[i][j]][j] for dim 0. NumPy's `take_along_axis`.
   * Along the other axes `index` may be shorter than x.
   * @example tensor([[1, 2], [3, 4]]).gather(1, tensor([[1], [0]], { dtype: "int32" })) // [[2], [3]]
   */
  gather(dim: number, index: Tensor | NDArray): Tensor {
    const { axis, at } = placesOf("gather", this.shape, dim, index);
    return gather(this.slice(...at.shape.map((n, i) => (i === axis ? null : firstOf(n)))), at, axis);
  }
  /**
   * A copy of x in which `src` is written at these positions along `dim`.
   * @throws RangeError for a position named twice, where PyTorch keeps either of the two; `scatterAdd` adds them
   * @example tensor([1, 1, 1]).scatter(0, tensor([2, 0], { dtype: "int32" }), tensor([5, 6])) // [6, 1, 5]
   */
  scatter(dim: number, index: Tensor | NDArray, src: Tensor | NDArray | number): Tensor {
    const { axis, at } = placesOf("scatter", this.shape, dim, index);
    const written = this.#spread(axis, at, ones(at.shape, { dtype: "int32" }));
    if (written.greater(1).sum().item() > 0)
      throw new RangeError(
        "scatter: the index names a position twice; scatterAdd adds all that is written there",
      );
    const values = typeof src === "number" ? full(at.shape, src, { dtype: this.dtype }) : src;
    expectArgument("scatter", "src", tensorOrArray, values);
    return this.apply("where", written, this.#spread(axis, at, values), this.self());
  }
  /**
   * A copy of x to which `src` is added at these positions along `dim`.
   * @example tensor([0, 0, 0]).scatterAdd(0, tensor([1, 1], { dtype: "int32" }), tensor([2, 3])) // [0, 5, 0]
   */
  scatterAdd(dim: number, index: Tensor | NDArray, src: Tensor | NDArray): Tensor {
    const { axis, at } = placesOf("scatterAdd", this.shape, dim, index);
    expectArgument("scatterAdd", "src", tensorOrArray, src);
    return this.add(this.#spread(axis, at, src));
  }
  /**
   * The slices at these positions along `dim`. NumPy's `take`.
   * @example tensor([[1, 2], [3, 4]]).indexSelect(0, tensor([1, 1], { dtype: "int32" })) // [[3, 4], [3, 4]]
   */
  indexSelect(dim: number, index: Tensor | NDArray): Tensor {
    expectArgument("indexSelect", "index", tensorOrArray, index);
    const axis = normalizeAxis("indexSelect", dim, this.ndim);
    return take(this.self(), index.reshape(-1), axis);
  }

  /** Zeros in x's shape, with the values added at these positions along an axis. */
  #spread(axis: number, at: NDArray, values: Tensor | NDArray): Tensor {
    const part = values.slice(...at.shape.map(firstOf));
    const inner = at.shape.map((n, i) => (i === axis ? this.size(axis) : n));
    return unslice(this.apply("scatter", part, at, axis, inner), inner.map(firstOf), this.shape);
  }
}

/** The range of the first n. */
function firstOf(n: number): Range {
  return [0, n];
}

function valuesOf(x: Tensor | NDArray): NDArray {
  return x instanceof NDArray ? x : x.data;
}

/** @throws TypeError unless `index` is an array, ShapeError unless it has x's axes and fits into x along the others */
function placesOf(
  where: string,
  shape: readonly number[],
  dim: number,
  index: Tensor | NDArray,
): { axis: number; at: NDArray } {
  expectArgument(where, "index", tensorOrArray, index);
  const axis = normalizeAxis(where, dim, shape.length);
  const fits = index.ndim === shape.length && index.shape.every((n, i) => i === axis || n <= (shape[i] ?? 0));
  if (fits) return { axis, at: valuesOf(index) };
  throw new ShapeError(
    `${where}: the index has shape ${formatShape(index.shape)}; expected as many axes as x, ${formatShape(shape)}, and at most its lengths along all but axis ${axis}`,
  );
}
