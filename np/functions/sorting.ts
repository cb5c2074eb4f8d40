/** Elements in order, and what is found by putting them in order. */
import { expectArgument } from "../arguments/contract.ts";
import { describe } from "../arguments/describe.ts";
import { boolean, number } from "../arguments/kinds.ts";
import { ShapeError } from "../errors.ts";
import { leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { formatShape, normalizeAxis } from "../shape.ts";
import type { Range } from "../signatures.ts";
import { isnan } from "./comparisons.ts";
import { where } from "./elementwise.ts";
import { gather } from "./indexing.ts";

/**
 * The elements in ascending order along `axis` (null: of the flattened array); NaN comes last. Each
 * element's gradient goes back to where it came from.
 * @example sort(array([[3, 1, 2], [0, 5, 4]])) // [[1, 2, 3], [0, 4, 5]]
 */
export function sort<A extends Operators<A>>(x: A, axis: number | null = -1): A {
  leader<A>("sort", x);
  if (axis === null) return sort(x.reshape(-1), 0);
  return x.ndim === 0 ? x : gather(x, argsort(x, axis), axis);
}
/**
 * The indices that put the elements in ascending order along `axis` (null: of the flattened array),
 * int32. Equal elements keep their order; NaN comes last.
 * @example argsort(array([3, 1, 2])) // [1, 2, 0]
 */
export function argsort<A extends Operators<A>>(x: A, axis: number | null = -1): A {
  const array = leader<A>("argsort", x);
  return axis === null
    ? array.applyConstant("argsort", x.reshape(-1), 0, false)
    : array.applyConstant("argsort", x, axis, false);
}

/** The values that `topk` finds, and their indices (int32). */
export interface TopK<A> {
  readonly values: A;
  readonly indices: A;
}

/**
 * The k largest (or smallest) elements along `axis`, in order, and their indices. NaN counts as
 * larger than all numbers; of equal elements the first comes first. PyTorch's `topk`.
 * @throws RangeError unless k is a whole number in 0 … the axis's length
 * @example topk(array([3, 1, 4, 1, 5]), 2).indices // [4, 2]
 */
export function topk<A extends Operators<A>>(
  x: A,
  k: number,
  axis: number = -1,
  largest: boolean = true,
): TopK<A> {
  const array = leader<A>("topk", x);
  expectArgument("topk", "largest", boolean, largest);
  const along = normalizeAxis("topk", axis, x.ndim);
  const length = x.shape[along] as number;
  if (!Number.isInteger(k) || k < 0 || k > length)
    throw new RangeError(
      `topk: k is ${describe(k)}; expected a whole number in 0 … ${length}, the length of axis ${along}`,
    );
  const order = array.applyConstant("argsort", x, along, largest);
  const indices = order.slice(...alongAxis(x, along, [0, k]));
  return { values: gather(x, indices, along), indices };
}
/**
 * The middle element in order along `axis` (null: of all), or the mean of the two in the middle;
 * NaN if there is a NaN. PyTorch's `median` takes the lower of the two.
 * @example median(array([5, 1, 2, 4])) // 3
 */
export function median<A extends Operators<A>>(
  x: A,
  axis: number | null = null,
  keepdims: boolean = false,
): A {
  leader<A>("median", x);
  return fromOrder("median", x, axis, keepdims, (sorted, along, n) =>
    sorted
      .slice(...alongAxis(sorted, along, [Math.floor((n - 1) / 2), Math.floor(n / 2) + 1]))
      .mean(along, true),
  );
}
/**
 * The number below which a share q (0 … 1) of the elements lies, along `axis` (null: of all): the
 * element at place q · (n − 1) in order, between two neighbours the straight line between them. NaN
 * if there is a NaN.
 * @example quantile(array([10, 20, 30]), 0.25) // 15
 */
export function quantile<A extends Operators<A>>(
  x: A,
  q: number,
  axis: number | null = null,
  keepdims: boolean = false,
): A {
  leader<A>("quantile", x);
  expectArgument("quantile", "q", number({ least: 0, most: 1 }), q);
  return fromOrder("quantile", x, axis, keepdims, (sorted, along, n) => {
    const place = q * (n - 1);
    const below = Math.floor(place);
    const share = place - below;
    const [low, high] = [below, Math.min(below + 1, n - 1)].map((i) =>
      sorted.slice(...alongAxis(sorted, along, [i, i + 1])),
    ) as [A, A];
    const step = high.sub(low);
    return share < 0.5 ? low.add(step.mul(share)) : high.sub(step.mul(1 - share));
  });
}
/**
 * `quantile` with q in percent, 0 … 100.
 * @example percentile(array([10, 20, 30]), 25) // 15
 */
export function percentile<A extends Operators<A>>(
  x: A,
  q: number,
  axis: number | null = null,
  keepdims: boolean = false,
): A {
  leader<A>("percentile", x);
  expectArgument("percentile", "q", number({ least: 0, most: 100 }), q);
  return quantile(x, q / 100, axis, keepdims);
}

/** What `find` takes from the elements in order along an axis; NaN where one of them is NaN. */
function fromOrder<A extends Operators<A>>(
  op: string,
  x: A,
  axis: number | null,
  keepdims: boolean,
  find: (sorted: A, along: number, n: number) => A,
): A {
  expectArgument(op, "keepdims", boolean, keepdims);
  const flat = axis === null || x.ndim === 0;
  const floats = x.dtype === "float32" || x.dtype === "float64" ? x : x.astype("float64");
  const lanes = flat ? floats.reshape(-1) : floats;
  const along = flat ? 0 : normalizeAxis(op, axis, x.ndim);
  const n = lanes.shape[along] as number;
  if (n === 0)
    throw new ShapeError(
      `${op}: nothing to choose from: shape ${formatShape(x.shape)} has no elements along that axis`,
    );
  const sorted = sort(lanes, along);
  const last = sorted.slice(...alongAxis(sorted, along, [n - 1, n]));
  const found = where(isnan(last), Number.NaN, find(sorted, along, n));
  const reduced = x.shape.map((length, i) => (flat || i === along ? 1 : length));
  return found.reshape(keepdims ? reduced : reduced.filter((_, i) => !flat && i !== along));
}

/** The ranges of a slice that keeps part of one axis and all of the others. */
function alongAxis<A extends Operators<A>>(x: A, axis: number, range: Range): Range[] {
  return x.shape.map((_, i) => (i === axis ? range : null));
}
