import type { NDArray } from "../../np/index.ts";

/** How far the two sides are apart in one array: its name, and the largest difference. */
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
    // NaN fails every comparison, so ask for what is right and not for what is wrong.
    if (!(apart < Number.POSITIVE_INFINITY))
      return { difference: Number.POSITIVE_INFINITY, size: Number.POSITIVE_INFINITY };
    if (apart > difference) difference = apart;
    size = Math.max(size, Math.abs(p), Math.abs(q));
  }
  return { difference, size };
}

/** The largest difference of any array of one side from its namesake, absolute. */
export function weightDifference(
  a: Readonly<Record<string, NDArray>>,
  b: Readonly<Record<string, NDArray>>,
): number {
  return Math.max(
    ...Object.entries(a).map(([name, x]) => largestDifference(x, b[name] as NDArray).difference),
  );
}

/** The largest difference of any gradient from its namesake, each relative to the largest element of its array. */
export function gradientDifference(a: ReadonlyMap<string, NDArray>, b: ReadonlyMap<string, NDArray>): number {
  let largest = a.size === b.size ? 0 : Number.POSITIVE_INFINITY;
  for (const [name, x] of a) {
    const other = b.get(name);
    if (!other) return Number.POSITIVE_INFINITY;
    const { difference, size } = largestDifference(x, other);
    largest = Math.max(
      largest,
      size === 0 || difference === Number.POSITIVE_INFINITY ? difference : difference / size,
    );
  }
  return largest;
}

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
