import { cumprod, cumsum, gather, isnan, topk, where } from "../../np/index.ts";
import { boolean, expectArgument, integer, normalizeAxis } from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { PlaceMethods } from "./places.ts";
import { ValuesAndIndices } from "./values-and-indices.ts";

/** PyTorch's methods that put elements in order, or sum them one after the other. */
export abstract class OrderMethods extends PlaceMethods {
  /**
   * The values in order along `dim`, and their indices. Equal elements keep their order; NaN counts as the largest. NumPy's `sort` gives the values only.
   * @example tensor([3, 1, 2]).sort().values // [1, 2, 3]
   */
  sort(dim: number = -1, descending: boolean = false): ValuesAndIndices {
    const indices = this.argsort(dim, descending);
    return new ValuesAndIndices(this.ndim === 0 ? this.self() : gather(this.self(), indices, dim), indices);
  }
  /** The indices that put the elements in order along `dim`, int32. */
  argsort(dim: number = -1, descending: boolean = false): Tensor {
    expectArgument("argsort", "descending", boolean, descending);
    return this.applyConstant("argsort", this.self(), dim, descending);
  }
  /**
   * The k largest elements along `dim` (with `largest` false the smallest), in order, and their indices.
   * @example tensor([3, 1, 2]).topk(2).values // [3, 2]
   */
  topk(k: number, dim: number = -1, largest: boolean = true): ValuesAndIndices {
    const { values, indices } = topk(this.self(), k, dim, largest);
    return new ValuesAndIndices(values, indices);
  }
  /** The middle element of all, the lower of two; with `dim`, the values and indices along it. NaN wins. NumPy's `median` averages the two. */
  median(): Tensor;
  median(dim: number, keepdim?: boolean): ValuesAndIndices;
  median(dim?: number, keepdim: boolean = false): Tensor | ValuesAndIndices {
    expectArgument("median", "keepdim", boolean, keepdim);
    if (dim === undefined) return this.reshape(-1).#medians(0, false).values;
    return this.#medians(normalizeAxis("median", dim, this.ndim), keepdim);
  }
  #medians(axis: number, keepdim: boolean): ValuesAndIndices {
    const order = this.argsort(axis);
    const before = this.shape.slice(0, axis).map(() => null);
    const n = this.size(axis);
    const place = (i: number): Tensor => order.slice(...before, [i, i + 1]);
    const last = place(n - 1);
    const indices = where(isnan(this.gather(axis, last)), last, place(Math.floor((n - 1) / 2)));
    const values = this.gather(axis, indices);
    return keepdim
      ? new ValuesAndIndices(values, indices)
      : new ValuesAndIndices(values.squeeze(axis), indices.squeeze(axis));
  }
  /** yᵢ = x₀ + … + xᵢ along `dim`. */
  cumsum(dim: number): Tensor {
    expectArgument("cumsum", "dim", integer(), dim);
    return cumsum(this.self(), dim);
  }
  /** yᵢ = x₀ · … · xᵢ along `dim`. */
  cumprod(dim: number): Tensor {
    expectArgument("cumprod", "dim", integer(), dim);
    return cumprod(this.self(), dim);
  }
}
