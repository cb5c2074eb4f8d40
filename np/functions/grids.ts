/** Coordinates of grids. */

import { optional } from "../arguments/argument.ts";
import { settleOptions } from "../arguments/contract.ts";
import { oneOf } from "../arguments/kinds.ts";
import { leaderOf } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { sizeOf } from "../shape.ts";

export interface MeshgridOptions {
  /** "xy" (default): the first vector runs along the columns; "ij": along the first axis. */
  readonly indexing?: "xy" | "ij";
}

const meshgridContract = {
  name: "meshgrid",
  positional: {},
  options: { indexing: optional(oneOf("xy", "ij"), "xy") },
};

/**
 * The coordinates of a grid: for each vector an array in the grid's shape, with the vector along its
 * own axis and repeated along the others.
 * @example meshgrid([array([1, 2, 3]), array([10, 20])])[1] // [[10, 10, 10], [20, 20, 20]]
 */
export function meshgrid<A extends Operators<A>>(xs: readonly A[], options: MeshgridOptions = {}): A[] {
  leaderOf<A>("meshgrid", xs);
  const { indexing } = settleOptions("meshgrid", meshgridContract, options);
  const order = xs.map((_, i) => i);
  if (indexing === "xy" && xs.length > 1) order.splice(0, 2, 1, 0);
  const shape = order.map((i) => sizeOf((xs[i] as A).shape));
  return xs.map((x, i) => x.reshape(order.map((which) => (which === i ? -1 : 1))).broadcastTo(shape));
}
