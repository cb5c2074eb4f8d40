import { seenAt } from "../../np/internal.ts";

/** What stands beyond the edge: `fill`; the edge itself; its mirror image without the edge or with it. torchvision's and NumPy's names. */
export type CropPadding = "constant" | "edge" | "reflect" | "symmetric";

/** What the windows of np call the same. */
const ourNames = {
  constant: "zeros",
  edge: "replicate",
  reflect: "reflect",
  symmetric: "symmetric",
} as const;

/**
 * Which of an axis' n elements stands at each place once `before` and `after` are added to its ends; −1 is the fill.
 * @throws RangeError where reflect or symmetric want more elements than there are
 */
export function padIndices(n: number, before: number, after: number, mode: CropPadding): Int32Array {
  const most = mode === "reflect" ? n - 1 : mode === "symmetric" ? n : Number.POSITIVE_INFINITY;
  if (Math.max(before, after) > most) {
    throw new RangeError(
      `padding of ${Math.max(before, after)} by "${mode}" needs a longer axis than ${n}; expected at most ${most}`,
    );
  }
  return Int32Array.from({ length: before + n + after }, (_, at) => seenAt(ourNames[mode], at - before, n));
}
