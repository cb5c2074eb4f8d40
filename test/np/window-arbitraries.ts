import type { PaddingMode, Pair, Window } from "chalk-and-tape/np";
import fc from "fast-check";

/** A window, and the size of an image on which it has a position at least. */
export interface Sliding {
  readonly window: Window;
  readonly size: Pair;
}

const three = fc.integer({ min: 1, max: 3 });
const pair = (one: fc.Arbitrary<number>): fc.Arbitrary<[number, number]> => fc.tuple(one, one);

/** Along one axis: numbers of a window, and a length that it fits. Below the image there may be less than no padding. */
function axis(
  mode: PaddingMode,
): fc.Arbitrary<{ [K in "k" | "s" | "d" | "before" | "after" | "n"]: number }> {
  return fc
    .record({
      k: three,
      s: three,
      d: three,
      more: fc.nat(4),
      before: fc.nat(3),
      after: fc.integer({ min: -2, max: 3 }),
    })
    .map(({ more, ...one }) => {
      const reach = one.d * (one.k - 1) + 1;
      const farthest = Math.max(one.before, one.after);
      const least = mode === "reflect" ? farthest + 1 : mode === "circular" ? farthest : 1;
      return { ...one, n: Math.max(least, reach - one.before - one.after) + more };
    });
}

/** Windows of any kind, on images that they fit. */
export const sliding: fc.Arbitrary<Sliding> = fc
  .constantFrom<PaddingMode>("zeros", "zeros", "reflect", "replicate", "circular")
  .chain((mode) =>
    fc.tuple(axis(mode), axis(mode)).map(
      ([v, h]): Sliding => ({
        size: [v.n, h.n],
        window: {
          kernel: [v.k, h.k],
          stride: [v.s, h.s],
          dilation: [v.d, h.d],
          padding: [
            [v.before, v.after],
            [h.before, h.after],
          ],
          mode,
        },
      }),
    ),
  );

/** So many samples, channels of x and of y for each group, and groups. */
export const counts: fc.Arbitrary<{ samples: number; each: [number, number]; groups: number }> = fc.record({
  samples: fc.integer({ min: 1, max: 2 }),
  each: pair(fc.integer({ min: 1, max: 2 })),
  groups: three,
});
