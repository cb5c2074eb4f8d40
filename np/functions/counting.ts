/** Distinct values of an array, and how many of each there are. */
import { withoutDefault } from "../arguments/argument.ts";
import { type Contract, type None, settleOptions } from "../arguments/contract.ts";
import { describe } from "../arguments/describe.ts";
import { argument, integer } from "../arguments/kinds.ts";
import { linspace } from "../creation.ts";
import { floating } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray } from "../operand.ts";
import { formatShape, sameShape } from "../shape.ts";
import { max, min } from "./reductions.ts";
import { searchsorted } from "./searching.ts";
import { argsort } from "./sorting.ts";

/**
 * The distinct values, in ascending order; several NaN count as one.
 * @example unique(array([3, 1, 3])) // [1, 3]
 */
export function unique(x: NDArray): NDArray {
  return runs("unique", x).values;
}
/**
 * The distinct values, in ascending order, and how often each occurs (int32).
 * @example uniqueCounts(array([3, 1, 3])).counts // [1, 2]
 */
export function uniqueCounts(x: NDArray): { readonly values: NDArray; readonly counts: NDArray } {
  const { values, starts, order } = runs("uniqueCounts", x);
  const ends = [...starts.slice(1), order.length];
  const counts = Int32Array.from(ends, (end, i) => end - (starts[i] as number));
  return { values, counts: NDArray.from(counts) };
}
/**
 * The distinct values, in ascending order, and for each element of x the index of its value (int32,
 * in x's shape): values[inverseIndices] is x.
 * @example uniqueInverse(array([30, 10, 30])).inverseIndices // [1, 0, 1]
 */
export function uniqueInverse(x: NDArray): { readonly values: NDArray; readonly inverseIndices: NDArray } {
  const { values, starts, order } = runs("uniqueInverse", x);
  const inverse = new Int32Array(order.length);
  for (let place = 0, value = -1; place < order.length; place++) {
    if (starts[value + 1] === place) value++;
    inverse[order[place] as number] = value;
  }
  return { values, inverseIndices: NDArray.from(inverse, x.shape) };
}

interface Runs {
  readonly values: NDArray;
  /** Where each value begins among the elements in order. */
  readonly starts: readonly number[];
  readonly order: Int32Array;
}

function runs(where: string, x: NDArray): Runs {
  checkArray(where, x);
  const flat = x.flat();
  const order = argsort(x, null).flat() as Int32Array;
  const starts: number[] = [];
  let last = 0;
  for (const [place, i] of order.entries()) {
    const value = flat[i] as number;
    const same = value === last || (Number.isNaN(value) && Number.isNaN(last));
    if (place === 0 || !same) starts.push(place);
    last = value;
  }
  const values = NDArray.unfilled([starts.length], x.dtype);
  const data = values.flat();
  for (const [i, start] of starts.entries()) data[i] = flat[order[start] as number] as number;
  return { values, starts, order };
}

export interface BincountOptions {
  /** One number per element, added up in place of 1. */
  readonly weights?: NDArray;
  /** The result has this many places at least; default 0. */
  readonly minlength?: number;
}

const bincountContract: Contract<None, BincountOptions> = {
  name: "bincount",
  positional: {},
  options: {
    weights: withoutDefault(
      argument<NDArray>("array", "an NDArray", (x) => x instanceof NDArray),
      "1 for each element",
    ),
    minlength: withoutDefault(integer({ least: 0 }), "0"),
  },
};

/**
 * How often each of 0, 1, … max(x) occurs in a vector of whole numbers ≥ 0 (int32); with `weights`,
 * the sum of the weights of each (float64).
 * @example bincount(array([0, 2, 2])) // [1, 0, 2]
 */
export function bincount(x: NDArray, options: BincountOptions = {}): NDArray {
  const { weights, minlength = 0 } = settleOptions("bincount", bincountContract, options);
  checkArray("bincount", x);
  if (x.ndim !== 1) throw new ShapeError(`bincount: x has shape ${formatShape(x.shape)}; expected a vector`);
  if (weights && !sameShape(weights.shape, x.shape))
    throw new ShapeError(
      `bincount: weights have shape ${formatShape(weights.shape)}, expected ${formatShape(x.shape)}, one for each element`,
    );
  const [flat, each] = [x.flat(), weights?.flat()];
  const wrong = flat.find((n) => !Number.isInteger(n) || n < 0);
  if (wrong !== undefined)
    throw new RangeError(`bincount: x holds ${describe(wrong)}; expected whole numbers >= 0`);
  let length = minlength;
  for (const n of flat) length = Math.max(length, n + 1);
  const out = NDArray.empty([length], weights ? "float64" : "int32");
  const counts = out.flat();
  for (let i = 0; i < flat.length; i++)
    counts[flat[i] as number] = (counts[flat[i] as number] as number) + (each?.[i] ?? 1);
  return out;
}

/**
 * How many elements fall into each of `bins` intervals of equal width between the smallest and the
 * largest, or between the edges that are given (int32); the last interval includes its upper edge.
 * @example histogram(array([0, 1, 1, 4]), 2).hist // [3, 1]
 */
export function histogram(
  x: NDArray,
  bins: number | NDArray = 10,
): { readonly hist: NDArray; readonly binEdges: NDArray } {
  checkArray("histogram", x);
  const binEdges = bins instanceof NDArray ? bins : equalBins(x, bins);
  const edges = binEdges.flat();
  const falls = edges.findIndex((edge, i) => !(i === 0 || edge >= (edges[i - 1] as number)));
  if (binEdges.ndim !== 1 || edges.length < 2 || falls >= 0)
    throw new RangeError(
      "histogram: the edges of bins are a vector of two or more numbers, in ascending order",
    );
  const hist = NDArray.empty([edges.length - 1], "int32");
  const counts = hist.flat();
  const [last, top] = [edges.length - 1, edges.at(-1) as number];
  for (const [i, place] of searchsorted(binEdges, x, "right").flat().entries()) {
    const bin = x.flat()[i] === top ? last - 1 : place - 1;
    if (bin >= 0 && bin < last) counts[bin] = (counts[bin] as number) + 1;
  }
  return { hist, binEdges };
}

function equalBins(x: NDArray, bins: number): NDArray {
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(
      `histogram: bins is ${describe(bins)}; expected a whole number >= 1, or an array of edges`,
    );
  const [low, high] = x.size === 0 ? [0, 1] : [min(x).item(), max(x).item()];
  if (!Number.isFinite(low) || !Number.isFinite(high))
    throw new RangeError(
      `histogram: x goes from ${describe(low)} to ${describe(high)}; expected finite numbers`,
    );
  const [start, stop] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  return linspace(start, stop, bins + 1, { dtype: floating(x.dtype) });
}
