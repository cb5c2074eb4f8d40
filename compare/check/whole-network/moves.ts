import type { Linear } from "../../../manual/index.ts";
import { NDArray } from "../../../np/index.ts";
import type { Stage } from "./chain.ts";

/** Changed elements: which perturbation changed each, where it is, and by how much it changed. */
export interface Moves {
  readonly owner: number[];
  readonly row: number[];
  readonly column: number[];
  readonly delta: number[];
}

/** Adds one changed element, unless its change is 0. */
export function push(moves: Moves, owner: number, row: number, column: number, delta: number): void {
  if (delta === 0) return;
  moves.owner.push(owner);
  moves.row.push(row);
  moves.column.push(column);
  moves.delta.push(delta);
}

/** Passes the changed elements through an activation's own forward; drops those that no longer change, as behind a ReLU. */
export function throughPoints({ layer, x, y }: Stage, moves: Moves): Moves {
  const columns = x.shape[1] as number;
  const [before, after] = [x.flat(), y.flat()];
  const at = moves.owner.map((_, r) => (moves.row[r] as number) * columns + (moves.column[r] as number));
  const moved = Float64Array.from(at, (i, r) => (before[i] as number) + (moves.delta[r] as number));
  const result = layer.forward(NDArray.from(moved, [moved.length, 1])).flat();
  const left: Moves = { owner: [], row: [], column: [], delta: [] };
  for (const [r, i] of at.entries()) {
    const delta = (result[r] as number) - (after[i] as number);
    push(left, moves.owner[r] as number, moves.row[r] as number, moves.column[r] as number, delta);
  }
  return left;
}

/** Passes changed elements through a `Linear`: a change Δ of x[n, j] turns row n of y into y[n] + Δ · W[:, j]. */
export function throughLinear({ layer, y }: Stage, moves: Moves): NDArray {
  const weight = (layer as Linear).weight.T.flat();
  const [data, M] = [y.flat(), y.shape[1] as number];
  const rows = new Float64Array(moves.owner.length * M);
  for (let r = 0, to = 0; r < moves.owner.length; r++) {
    const delta = moves.delta[r] as number;
    let [from, base] = [(moves.column[r] as number) * M, (moves.row[r] as number) * M];
    for (let m = 0; m < M; m++) rows[to++] = (data[base++] as number) + delta * (weight[from++] as number);
  }
  return NDArray.from(rows, [moves.owner.length, M]);
}

/** Passes row n with one changed element through any layer. */
export function throughAny({ layer, x }: Stage, moves: Moves): NDArray {
  const [data, D] = [x.flat(), x.shape[1] as number];
  const rows = new Float64Array(moves.owner.length * D);
  for (let r = 0; r < moves.owner.length; r++) {
    const base = (moves.row[r] as number) * D;
    for (let d = 0; d < D; d++) rows[r * D + d] = data[base + d] as number;
    const moved = r * D + (moves.column[r] as number);
    rows[moved] = (rows[moved] as number) + (moves.delta[r] as number);
  }
  return layer.forward(NDArray.from(rows, [moves.owner.length, D]));
}
