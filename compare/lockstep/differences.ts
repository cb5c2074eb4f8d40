import type { DType, NDArray } from "../../np/index.ts";

/** One array on both sides: its name and the largest difference. */
export interface ParityRow {
  readonly quantity: string;
  readonly shape: readonly number[];
  readonly maxAbsolute: number;
  /** maxAbsolute / the largest element of either side; 0 where both are 0. */
  readonly maxRelative: number;
  readonly bound: number;
  readonly agrees: boolean;
}

/** max |a − b| and max(|a|, |b|) over all elements; NaN and ±Infinity anywhere give a difference of Infinity. */
export function largestDifference(a: NDArray, b: NDArray): { difference: number; size: number } {
  const [x, y] = [a.flat(), b.flat()];
  let [difference, size] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const [p, q] = [x[i] as number, y[i] as number];
    const apart = Math.abs(p - q);
    // NaN fails every comparison, so test for the good case.
    if (!(apart < Number.POSITIVE_INFINITY))
      return { difference: Number.POSITIVE_INFINITY, size: Number.POSITIVE_INFINITY };
    if (apart > difference) difference = apart;
    size = Math.max(size, Math.abs(p), Math.abs(q));
  }
  return { difference, size };
}

/** The largest absolute difference between arrays of the same name. */
export function weightDifference(
  a: Readonly<Record<string, NDArray>>,
  b: Readonly<Record<string, NDArray>>,
): number {
  return Math.max(
    ...Object.entries(a).map(([name, x]) => largestDifference(x, b[name] as NDArray).difference),
  );
}

/**
 * The gradient of a bias right before a batch normalisation is 0 except for rounding, because the
 * normalisation subtracts the bias again. Relative to itself, such rounding would look large, so
 * every gradient counts as at least this fraction of the network's largest. Rounding alone is
 * about 1e-15 of that, 1e-7 in float32.
 */
const smallest: Readonly<Partial<Record<DType, number>>> = { float64: 1e-4, float32: 1e-2 };

/** The largest difference between gradients of the same name, each relative to its array's largest element. */
export function gradientDifference(a: ReadonlyMap<string, NDArray>, b: ReadonlyMap<string, NDArray>): number {
  if (a.size !== b.size) return Number.POSITIVE_INFINITY;
  const found = [...a].map(([name, x]) => {
    const other = b.get(name);
    return other ? { ...largestDifference(x, other), dtype: x.dtype } : missing;
  });
  const top = Math.max(0, ...found.map(({ size }) => size));
  if (!Number.isFinite(top)) return Number.POSITIVE_INFINITY;
  const relative = found.map(({ difference, size, dtype }) =>
    difference === 0 ? 0 : difference / Math.max(size, (smallest[dtype] ?? 0) * top),
  );
  return Math.max(0, ...relative);
}

const missing = {
  difference: Number.POSITIVE_INFINITY,
  size: Number.POSITIVE_INFINITY,
  dtype: "float64",
} as const;

/** One row for every array of a state dict. */
export function parity(
  a: Readonly<Record<string, NDArray>>,
  b: Readonly<Record<string, NDArray>>,
  bound: number,
): ParityRow[] {
  return Object.entries(a).map(([quantity, x]) => {
    const { difference, size } = largestDifference(x, b[quantity] as NDArray);
    const maxRelative = size > 0 ? difference / size : difference;
    return {
      quantity,
      shape: x.shape,
      maxAbsolute: difference,
      maxRelative,
      bound,
      agrees: difference <= bound,
    };
  });
}
