import type { NDArray } from "./ndarray.ts";
import { formatShape } from "./shape.ts";

/** Axes longer than this show three elements from each end. */
const longAxis = 8;

/** `NDArray float64 (2, 3)` and the numbers to 4 decimals, as NumPy prints them. */
export function formatArray(x: NDArray): string {
  const text = (value: number): string =>
    Number.isInteger(value) || !Number.isFinite(value)
      ? String(value)
      : Math.abs(value) >= 1e5 || Math.abs(value) < 1e-4
        ? value.toExponential(3)
        : value.toFixed(4);
  const block = (part: NDArray, indent: string): string => {
    if (part.ndim === 0) return text(part.item());
    const n = part.shape[0] as number;
    const shown = n <= longAxis ? [...Array(n).keys()] : [0, 1, 2, -1, n - 3, n - 2, n - 1];
    const items = shown.map((i) => (i < 0 ? "…" : block(part.slice(i), `${indent} `)));
    return `[${items.join(part.ndim === 1 ? ", " : `,\n${indent} `)}]`;
  };
  return `NDArray ${x.dtype} ${formatShape(x.shape)}\n${block(x, "")}`;
}
