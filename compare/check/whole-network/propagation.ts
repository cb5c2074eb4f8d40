import { againstExact, ChangeSums, generatorsOf, type Perturbed } from "../../../gradcheck/internal.ts";
import { Conv2d, Flatten, Linear, ReLU, Sigmoid, Tanh } from "../../../manual/index.ts";
import type { NDArray } from "../../../np/index.ts";
import type { AnyLayer } from "../../subjects/sides.ts";
import { chain, type Stage } from "./chain.ts";
import { type Moves, push, throughAny, throughLinear, throughPoints } from "./moves.ts";
import { areRows, ofConvolution, ofInput, type RowMoves, wholeRows } from "./whole-rows.ts";

/** Layers whose y[n, i] depends on x[n, i] alone. */
const pointwise = [ReLU, Sigmoid, Tanh];

/**
 * Computes the effect of changing one element in a chain of layers. A weight W[i, j] changes only
 * column i of its layer's output. Activations keep that one column. The next `Linear` turns it into
 * a multiple of one column of its weight. Only from there on are whole rows computed, by the layers'
 * own forward and for many changed elements at once. A weight of a `Conv2d` changes one channel by a
 * multiple of its windows' inputs; the layers behind it run on whole images, many at once. Nothing
 * is approximated.
 */
export class Propagation {
  readonly #stages: readonly Stage[];
  readonly #input: NDArray;
  readonly #dy: NDArray;

  private constructor(stages: readonly Stage[], input: NDArray, dy: NDArray) {
    this.#stages = stages;
    this.#input = input;
    this.#dy = dy;
  }

  /** Null unless the network is a deterministic chain of layers that treat every row separately. */
  static of(network: AnyLayer, inputs: ReadonlyMap<string, NDArray>, dy: NDArray): Propagation | null {
    const [x] = inputs.values();
    if (!x || inputs.size !== 1) return null;
    const generators = generatorsOf(network);
    const stages = chain(network, x);
    if (generators.haveMoved()) return null; // other rows would get other random numbers
    return stages && rowByRow(network, x, stages) ? new Propagation(stages, x, dy) : null;
  }

  /**
   * The change of Σ dy ⊙ y as a function of single elements of an array; null unless it is the input
   * or a parameter of a `Linear` or `Conv2d`.
   */
  along(array: NDArray): Perturbed | null {
    if (array === this.#input && !this.#isOfRows()) return this.#wholeRows(-1, ofInput(array));
    if (array === this.#input) {
      const columns = array.size / (array.shape[0] as number);
      const first = this.#stages.findIndex(({ x }) => x.ndim === 2);
      return this.#perturbed(first - 1, 1, (element) => [
        Math.floor(element / columns),
        element % columns,
        1,
      ]);
    }
    const at = this.#stages.findIndex(
      ({ layer }) =>
        (layer instanceof Linear || layer instanceof Conv2d) &&
        (layer.weight === array || layer.bias === array),
    );
    const stage = this.#stages[at];
    if (!stage) return null;
    const { x, layer } = stage;
    if (layer instanceof Conv2d) return this.#wholeRows(at, ofConvolution(stage, array));
    if (!areRows(this.#stages.slice(at))) return null;
    const [rows, columns] = x.shape as [number, number];
    const data = x.flat();
    if (array === (layer as Linear).bias) return this.#perturbed(at, rows, (i, n) => [n, i, 1]);
    return this.#perturbed(at, rows, (element, n) => {
      const j = element % columns;
      return [n, (element - j) / columns, data[n * columns + j] as number];
    });
  }

  /** Whether only a `Flatten` comes before the first stage of rows. */
  #isOfRows(): boolean {
    const first = this.#stages.findIndex(({ x }) => x.ndim === 2);
    const before = this.#stages.slice(0, first);
    return (
      first >= 0 &&
      areRows(this.#stages.slice(first)) &&
      before.every(({ layer }) => layer instanceof Flatten)
    );
  }

  /** The change for elements that change whole rows of the output of stage `after`, or of the input (−1). */
  #wholeRows(after: number, moves: RowMoves): Perturbed {
    const last = (this.#stages.at(-1) as Stage).y;
    return wholeRows(moves, this.#stages.slice(after + 1), last, this.#dy);
  }

  /** `where(element, n)` is the row and column of stage `after`'s output that an element changes, and the change per step. */
  #perturbed(
    after: number,
    samples: number,
    where: (element: number, sample: number) => readonly [row: number, column: number, factor: number],
  ): Perturbed {
    return {
      changes: (elements, steps) => {
        const moves: Moves = { owner: [], row: [], column: [], delta: [] };
        for (let k = 0; k < elements.length; k++) {
          for (let n = 0; n < samples; n++) {
            const [row, column, factor] = where(elements[k] as number, n);
            push(moves, k, row, column, factor * (steps[k] as number));
          }
        }
        const sums = new ChangeSums(elements.length);
        this.#spread(after + 1, moves, sums);
        return sums;
      },
    };
  }

  /** Propagates single changed elements through the stages from `at` on, and adds their effect on Σ dy ⊙ y. */
  #spread(at: number, moves: Moves, sums: ChangeSums): void {
    const stage = this.#stages[at];
    if (!stage) {
      const [dy, columns] = [this.#dy.flat(), this.#dy.shape[1] as number];
      const before = (this.#stages.at(-1) as Stage).y.flat();
      for (const [r, owner] of moves.owner.entries()) {
        const to = (moves.row[r] as number) * columns + (moves.column[r] as number);
        sums.addOne(owner, before[to] as number, moves.delta[r] as number, dy[to] as number);
      }
    } else if (pointwise.some((Kind) => stage.layer instanceof Kind)) {
      this.#spread(at + 1, throughPoints(stage, moves), sums);
    } else {
      const rows = stage.layer instanceof Linear ? throughLinear(stage, moves) : throughAny(stage, moves);
      const last = this.#stages.slice(at + 1).reduce((x, { layer }) => layer.forward(x), rows);
      const before = (this.#stages.at(-1) as Stage).y;
      this.#add(last.flat(), before.flat(), moves, sums);
    }
  }

  #add(after: ArrayLike<number>, before: ArrayLike<number>, moves: Moves, sums: ChangeSums): void {
    const [dy, columns] = [this.#dy.flat(), this.#dy.shape[1] as number];
    for (const [r, owner] of moves.owner.entries())
      sums.add(owner, [after, r * columns], [before, (moves.row[r] as number) * columns], dy, columns);
  }
}

/** Whether the first sample alone gives the first row of y. It does not with a layer that mixes samples, such as batch normalisation. */
function rowByRow(network: AnyLayer, x: NDArray, stages: readonly Stage[]): boolean {
  try {
    const alone = network.forward(x.slice([0, 1]).copy());
    return againstExact(alone, (stages.at(-1) as Stage).y.slice([0, 1]), 1e-9).agrees;
  } catch {
    return false;
  }
}
