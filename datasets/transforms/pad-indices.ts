/** What stands beyond the edge: `fill`; the edge itself; its mirror image without the edge or with it. torchvision's and NumPy's names. */
export type PaddingMode = "constant" | "edge" | "reflect" | "symmetric";

/**
 * Which of an axis' n elements stands at each place once `before` and `after` are added to its ends; −1 is the fill.
 * @throws RangeError where reflect or symmetric want more elements than there are
 */
export function padIndices(n: number, before: number, after: number, mode: PaddingMode): Int32Array {
  const most = mode === "reflect" ? n - 1 : mode === "symmetric" ? n : Number.POSITIVE_INFINITY;
  if (Math.max(before, after) > most) {
    throw new RangeError(
      `padding of ${Math.max(before, after)} by "${mode}" needs a longer axis than ${n}; expected at most ${most}`,
    );
  }
  const place: Record<PaddingMode, (i: number) => number> = {
    constant: () => -1,
    edge: (i) => (i < 0 ? 0 : n - 1),
    reflect: (i) => (i < 0 ? -i : 2 * (n - 1) - i),
    symmetric: (i) => (i < 0 ? -i - 1 : 2 * n - 1 - i),
  };
  return Int32Array.from({ length: before + n + after }, (_, at) => {
    const i = at - before;
    return i >= 0 && i < n ? i : place[mode](i);
  });
}
