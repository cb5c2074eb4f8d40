import { array, type PaddingMode, pad as padAll, ShapeError } from "../../np/index.ts";
import {
  anyNumber,
  argument,
  type Contract,
  expectArgument,
  type None,
  oneOf,
  optional,
  seenAt,
  settle,
} from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { aTensor } from "./with-fields.ts";

export interface PadOptions {
  /** What is added: `value`, or elements of x; default "constant". */
  readonly mode?: "constant" | "reflect" | "replicate" | "circular";
  /** Default 0. */
  readonly value?: number;
}

const padding: Contract<None, PadOptions> = {
  name: "pad",
  positional: {},
  options: {
    mode: optional(oneOf("constant", "reflect", "replicate", "circular"), "constant"),
    value: optional(anyNumber, 0),
  },
};
const widths = argument<readonly number[]>(
  "list",
  "a list of whole numbers, [before, after] of the last axis first: [1, 1, 2, 2]",
  (x) => Array.isArray(x) && x.every((n) => typeof n === "number"),
  (x) => x.length % 2 === 0 && x.every(Number.isInteger),
);

/**
 * x with elements added around it, or cut off where a number is negative. `pad` begins with the last axis: [left, right, top, bottom, …].
 * NumPy's `pad` begins with the first.
 * @throws ShapeError for more pairs than axes, and for more elements than the mode finds in x
 * @example functional.pad(tensor([[1, 2]]), [1, 0]) // [[0, 1, 2]]
 */
export function pad(x: Tensor, pad: readonly number[], options: PadOptions = {}): Tensor {
  const { mode, value } = settle(padding, {}, options);
  expectArgument("pad", "x", aTensor, x);
  expectArgument("pad", "pad", widths, pad);
  if (pad.length > 2 * x.ndim)
    throw new ShapeError(`pad: ${pad.length / 2} pairs for ${x.ndim} axes; Padding length too large`);
  const pairs = x.shape.map((_, axis) => {
    const at = 2 * (x.ndim - 1 - axis);
    return [pad[at] ?? 0, pad[at + 1] ?? 0] as const;
  });
  if (mode !== "constant") return pairs.reduce((y, pair, axis) => extended(y, axis, pair, mode), x);
  const kept = x.slice(
    ...pairs.map(
      ([before, after], axis) => [Math.max(-before, 0), x.size(axis) + Math.min(after, 0)] as const,
    ),
  );
  return padAll(
    kept,
    pairs.map(([before, after]) => [Math.max(before, 0), Math.max(after, 0)] as const),
    value,
  );
}

/** One axis longer by elements of its own. */
function extended(
  x: Tensor,
  axis: number,
  [before, after]: readonly [number, number],
  mode: Exclude<PaddingMode, "zeros">,
): Tensor {
  if (before === 0 && after === 0) return x;
  const n = x.size(axis);
  const most = mode === "reflect" ? n - 1 : mode === "circular" ? n : Number.POSITIVE_INFINITY;
  if (Math.max(before, after) > most)
    throw new ShapeError(
      `pad: ${Math.max(before, after)} elements on axis ${axis} of length ${n}; "${mode}" takes at most ${most}`,
    );
  const positions = Array.from({ length: before + n + after }, (_, i) => seenAt(mode, i - before, n));
  return x.indexSelect(axis, array(positions, { dtype: "int32" }));
}
