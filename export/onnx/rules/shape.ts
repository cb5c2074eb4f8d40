import { flattened } from "../../../contracts/internal.ts";
import type { NodeRule, Rules } from "./rule.ts";

/** In evaluation a dropout layer changes nothing. */
const unchanged: NodeRule<"Identity" | "Dropout" | "Dropout2d"> = (scope, _, { x }) =>
  scope.node("Identity", [x]);

/** Layers that move numbers, or leave them where they are. */
export const shape: Rules<"Flatten" | "Identity" | "Dropout" | "Dropout2d" | "PadShortcut"> = {
  Identity: unchanged,
  Dropout: unchanged,
  Dropout2d: unchanged,
  Flatten(scope, { startDim, endDim }, { x, shape }) {
    const first = startDim < 0 ? startDim + shape.length : startDim;
    if (first === 1 && flattened("Flatten", shape, startDim, endDim).length === 2)
      return scope.node("Flatten", [x], { axis: 1 });
    // The axes before stay; the merged one takes what is left, since it may hold the batch.
    const after = flattened("Flatten", shape, startDim, endDim).slice(first + 1);
    return scope.reshape(x, [...new Array<number>(first).fill(0), -1, ...after]);
  },
  PadShortcut(scope, { around, every }, { x }) {
    const stride = typeof every === "object" ? (every?.[2] ?? 1) : 1;
    const end = Number.MAX_SAFE_INTEGER;
    const taken = scope.node("Slice", [
      x,
      scope.ints([0, 0]),
      scope.ints([end, end]),
      scope.ints([2, 3]),
      scope.ints([stride, stride]),
    ]);
    const [before, after] = around;
    return scope.node("Pad", [taken, scope.ints([0, before, 0, 0, 0, after, 0, 0]), scope.number(0)]);
  },
};
