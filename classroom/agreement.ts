import type { NDArray } from "../np/index.ts";

/** How near two arrays are: the same numbers; equal up to rounding; or different. */
export type Agreement = "exact" | "approximate" | "different";

export interface Difference {
  readonly agreement: Agreement;
  /** The largest difference between two elements; NaN where one is NaN, or where the shapes differ. */
  readonly largest: number;
}

/** What rounding can do, relative to the largest element: sums of the same numbers in another order. */
const rounding = { float64: 1e-10, float32: 1e-4 };

/** Compares element by element. A NaN agrees with a NaN at the same place. */
export function difference(a: NDArray, b: NDArray): Difference {
  if (a.shape.join() !== b.shape.join()) return { agreement: "different", largest: Number.NaN };
  const [left, right] = [Array.from(a.flat(), Number), Array.from(b.flat(), Number)];
  const apart = left.map((x, i) =>
    Object.is(x, right[i]) || x === right[i] ? 0 : Math.abs(x - Number(right[i])),
  );
  const largest = apart.reduce((most, one) => Math.max(most, one), 0);
  if (largest === 0) return { agreement: "exact", largest };
  const scale = [...left, ...right]
    .filter(Number.isFinite)
    .reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const isSingle = a.dtype === "float32" || b.dtype === "float32";
  const isNear = largest <= scale * (isSingle ? rounding.float32 : rounding.float64);
  return { agreement: isNear ? "approximate" : "different", largest };
}
