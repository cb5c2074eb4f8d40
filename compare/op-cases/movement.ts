import { moveaxis, pad, swapaxes, tile, transpose, tril, triu } from "../../np/index.ts";
import { spread } from "./numbers.ts";
import type { OpCases } from "./op-case.ts";

/** Operations that move or repeat elements and lose none. */
// biome-ignore format: a table, one case a line
export const movement: Pick<OpCases, "tril" | "triu" | "transpose" | "reshape" | "broadcastTo" | "pad"> = {
  tril: [
    { what: "square", f: (x) => tril(x), inputs: [spread([3, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "wide, with the diagonal above", f: (x) => tril(x, 1), inputs: [spread([2, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "of each matrix, without the diagonal", f: (x) => tril(x, -1), inputs: [spread([2, 3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  triu: [
    { what: "square", f: (x) => triu(x), inputs: [spread([3, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "tall, of a view", f: (x) => triu(x.T, -1), inputs: [spread([2, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "of each matrix, without the diagonal", f: (x) => triu(x, 1), inputs: [spread([2, 2, 3], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  transpose: [
    { what: "reversed", f: (x) => x.T, inputs: [spread([2, 3, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "a cycle, which is not its own inverse", f: (x) => transpose(x, [1, 2, 0]), inputs: [spread([2, 3, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "swapaxes and moveaxis", f: (x) => moveaxis(swapaxes(x, 0, -1), [0, 1], [1, -1]), inputs: [spread([2, 3, 4], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "the last two swapped", f: (x) => x.mT, inputs: [spread([2, 3, 3], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  reshape: [
    { what: "flat", f: (x) => x.reshape(-1), inputs: [spread([2, 3, 2], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "of a view that must be copied", f: (x) => x.T.reshape(3, 4), inputs: [spread([4, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "from a scalar", f: (x) => x.reshape(1, 1), inputs: [spread([], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  broadcastTo: [
    { what: "new axes and stretched ones", f: (x) => x.broadcastTo([2, 3, 4]), inputs: [spread([3, 1], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "tile", f: (x) => tile(x, [2, 1, 3]), inputs: [spread([2, 2], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "a scalar", f: (x) => x.broadcastTo([2, 2]), inputs: [spread([], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
  pad: [
    { what: "other widths on each side", f: (x) => pad(x, [[1, 0], [2, 3]]), inputs: [spread([2, 3], 1)], affine: [0], zeroSecondDerivatives: true },
    { what: "with another value", f: (x) => pad(x, 1, -2), inputs: [spread([2, 2], 1)], affine: [0], zeroSecondDerivatives: true },
  ],
};
