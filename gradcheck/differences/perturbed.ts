import type { NDArray } from "../../np/index.ts";

/** How L = Σ dy ⊙ y changes when single elements of x move. */
export interface Perturbed {
  /** Moves one element at a time: element `elements[k]` by `steps[k]`. */
  changes(elements: Int32Array, steps: Float64Array): Changes;
}

/**
 * The changes of L, each summed over the outputs that moved. All other outputs contribute nothing,
 * and no rounding error either: a large output cannot hide what happens to a small one.
 */
export interface Changes {
  /** Σ dy ⊙ (y after − y before) */
  readonly values: Float64Array;
  /** The length of dy ⊙ y over the outputs that moved. The rounding error of a change is a few 2⁻⁵³ of it. */
  readonly sizes: Float64Array;
}

/** Collects the changes of `count` moves. */
export class ChangeSums implements Changes {
  readonly values: Float64Array;
  readonly sizes: Float64Array;

  constructor(count: number) {
    this.values = new Float64Array(count);
    this.sizes = new Float64Array(count);
  }

  /** Adds outputs of move k: `after` from position a on, `before` and dy from position b on. */
  add(
    k: number,
    [after, a]: readonly [ArrayLike<number>, number],
    [before, b]: readonly [ArrayLike<number>, number],
    dy: ArrayLike<number>,
    count: number,
  ): void {
    let [value, squares] = [0, 0];
    for (let i = 0; i < count; i++) {
      const now = after[a + i] as number;
      const change = now - (before[b + i] as number);
      if (change === 0) continue;
      const weight = dy[b + i] as number;
      value += weight * change;
      squares += (weight * now) ** 2;
    }
    this.#sum(k, value, squares);
  }

  /** Adds one output of move k that changed by `change`. */
  addOne(k: number, before: number, change: number, dy: number): void {
    this.#sum(k, dy * change, (dy * (before + change)) ** 2);
  }

  #sum(k: number, value: number, squares: number): void {
    this.values[k] = (this.values[k] as number) + value;
    this.sizes[k] = Math.sqrt((this.sizes[k] as number) ** 2 + squares);
  }
}

/**
 * L as a function of single elements of x. x is changed in place during an evaluation and then
 * restored.
 */
export function inPlace(outputs: () => ArrayLike<number>, dy: ArrayLike<number>, x: NDArray): Perturbed {
  if (!x.isContiguous) throw new TypeError("numericalGradient: x is a strided view; pass x.copy()");
  const data = x.flat();
  const before = Float64Array.from(outputs()); // a copy, because forward may write into the same memory every time
  return {
    changes: (elements, steps) =>
      changesOf(steps, before, dy, (k, step, read) => {
        const i = elements[k] as number;
        const value = data[i] as number;
        try {
          data[i] = value + step;
          read(outputs());
        } finally {
          data[i] = value;
        }
      }),
  };
}

/**
 * The changes for outputs computed one move at a time. `move` makes one, passes the outputs to
 * `read`, and only then undoes it, because outputs may be a view of what has moved.
 */
export function changesOf(
  steps: Float64Array,
  before: ArrayLike<number>,
  dy: ArrayLike<number>,
  move: (k: number, step: number, read: (after: ArrayLike<number>) => void) => void,
): Changes {
  const sums = new ChangeSums(steps.length);
  for (const [k, step] of steps.entries())
    move(k, step, (after) => sums.add(k, [after, 0], [before, 0], dy, before.length));
  return sums;
}
