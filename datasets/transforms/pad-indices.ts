import { seenAt } from "../../np/internal.ts";

/**
 * What lies beyond the edge: `fill`, the edge itself, or its mirror image without or with the edge.
 * The names are torchvision's and NumPy's.
 */
export type CropPadding = "constant" | "edge" | "reflect" | "symmetric";

/** The names of these modes in np's windows. */
const ourNames = {
  constant: "zeros",
  edge: "replicate",
  reflect: "reflect",
  symmetric: "symmetric",
} as const;

/**
 * For an axis of n elements padded by `before` and `after`, the index of the element at each place;
 * −1 is the fill.
 * @throws RangeError where reflect or symmetric need more elements than there are
 */
export function padIndices(n: number, before: number, after: number, mode: CropPadding): Int32Array {
  const most = mode === "reflect" ? n - 1 : mode === "symmetric" ? n : Number.POSITIVE_INFINITY;
  if (Math.max(before, after) > most) {
    throw new RangeError(
      `padding of ${Math.max(before, after)} in mode "${mode}" needs a longer axis than ${n}; expected at most ${most}`,
    );
  }
  return Int32Array.from({ length: before + n + after }, (_, at) => seenAt(ourNames[mode], at - before, n));
}
