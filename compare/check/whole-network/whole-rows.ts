import { ChangeSums, type Perturbed } from "../../../gradcheck/internal.ts";
import type { Conv2d, Layer } from "../../../manual/index.ts";
import { im2col, NDArray } from "../../../np/index.ts";
import type { Stage } from "./chain.ts";

/** Rows that the layers behind process at once; limited because convolutions keep many times the memory of their input. */
const together = 256;

/** How one element of an array changes the rows of a chain's input. */
export interface RowMoves {
  /** The chain's input before any change. */
  readonly rows: NDArray;
  /** The rows that an element changes. */
  rowsMovedBy(element: number): readonly number[];
  /** Changes `row`, a copy of row n, in place. */
  move(row: Float64Array, element: number, n: number, step: number): void;
}

/** For an element of the input: x[n, …] changes one element of row n. */
export function ofInput(x: NDArray): RowMoves {
  const size = x.size / (x.shape[0] as number);
  return {
    rows: x,
    rowsMovedBy: (element) => [Math.floor(element / size)],
    move(row, element, _n, step) {
      row[element % size] = (row[element % size] as number) + step;
    },
  };
}

/** For a parameter of a convolution: channel m contains W[m, c, k, l] times the windows' inputs at (c, k, l), plus b[m]. */
export function ofConvolution({ layer, x, y }: Stage, array: NDArray): RowMoves {
  const { weight, bias, groups, window } = layer as Conv2d;
  const [N, M] = y.shape as [number, number];
  const [C, positions] = [x.shape[1] as number, y.size / (N * M)];
  const perChannel = weight.size / M; // C/G · KH · KW
  const columns = im2col(x, window).flat(); // (N, C, KH, KW, OH, OW)
  const kernel = (perChannel * groups) / C; // KH · KW
  const all = Array.from({ length: N }, (_, n) => n);
  return {
    rows: y,
    rowsMovedBy: () => all,
    move(row, element, n, step) {
      const m = array === bias ? element : Math.floor(element / perChannel);
      const to = m * positions;
      if (array === bias) {
        for (let p = 0; p < positions; p++) row[to + p] = (row[to + p] as number) + step;
        return;
      }
      const channel = Math.floor(m / (M / groups)) * (C / groups);
      const from = (n * C * kernel + channel * kernel + (element % perChannel)) * positions;
      for (let p = 0; p < positions; p++)
        row[to + p] = (row[to + p] as number) + step * (columns[from + p] as number);
    },
  };
}

/** The change of Σ dy ⊙ y when whole rows change: the layers behind run their own forward on many changed rows at once. */
export function wholeRows(
  moves: RowMoves,
  behind: readonly { readonly layer: Layer }[],
  last: NDArray,
  dy: NDArray,
): Perturbed {
  const [N, ...shape] = moves.rows.shape as [number, ...number[]];
  const [data, size, outputs] = [moves.rows.flat(), moves.rows.size / N, dy.size / N];
  const [before, weights] = [last.flat(), dy.flat()];
  return {
    changes(elements, steps) {
      const sums = new ChangeSums(elements.length);
      const pairs = Array.from(elements, (element, k) =>
        moves.rowsMovedBy(element).map((n) => [k, n] as const),
      ).flat();
      for (let start = 0; start < pairs.length; start += together) {
        const some = pairs.slice(start, start + together);
        const rows = new Float64Array(some.length * size);
        for (const [r, [k, n]] of some.entries()) {
          const row = rows.subarray(r * size, (r + 1) * size);
          row.set(data.subarray(n * size, (n + 1) * size));
          moves.move(row, elements[k] as number, n, steps[k] as number);
        }
        const moved = NDArray.from(rows, [some.length, ...shape]);
        const after = behind.reduce((x, { layer }) => layer.forward(x), moved).flat();
        for (const [r, [k, n]] of some.entries())
          sums.add(k, [after, r * outputs], [before, n * outputs], weights, outputs);
      }
      return sums;
    },
  };
}

/** Whether all these stages have two axes, so that single columns can be followed. */
export function areRows(stages: readonly Stage[]): boolean {
  return stages.every(({ x, y }) => x.ndim === 2 && y.ndim === 2);
}
