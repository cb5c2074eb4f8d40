import { formatShape, type NDArray, ShapeError, sameShape, sizeOf } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import { accuracy } from "../metrics.ts";
import type { Ranks } from "./ranks.ts";

/**
 * The averages over all items, the same for every batch size. A mean is the sum of all losses,
 * divided once; with reduction "sum", `loss` is that sum.
 */
export interface Averages {
  readonly loss: number;
  /** The fraction of correct items, in 0 … 1; null unless the targets are classes. */
  readonly accuracy: number | null;
}

/** What averages read from a loss. Both fields are optional, so a loss of your own needs neither. */
export interface AveragedLoss {
  /** "sum" if the loss of a batch is a sum. */
  readonly reduction?: string;
  /**
   * What the last forward divided the sum of its losses by, such as the number of elements or the
   * sum of the class weights used. Absent or null: the number of rows.
   */
  readonly divisor?: number | null;
}

/** The sums of an average, as plain numbers. */
export interface AverageState {
  readonly loss: number;
  /** The sum of the batches' divisors; null when the losses are sums. */
  readonly divisor: number | null;
  readonly right: number;
  readonly items: number;
  readonly counted: number;
}

/** Adds up the losses and correct answers of batches. */
export class Average {
  #state: AverageState;

  constructor(state: AverageState = { loss: 0, divisor: 0, right: 0, items: 0, counted: 0 }) {
    this.#state = state;
  }

  get state(): AverageState {
    return this.#state;
  }

  /** Adds a batch; `loss` has just returned `value` for it. */
  add(loss: AveragedLoss, value: number, prediction: NDArray, target: NDArray): void {
    const items = target.shape[0] ?? 1;
    const isClasses = hasClasses(prediction, target);
    const divisor = divisorOf(loss, items);
    const { loss: total, divisor: divided, right, items: seen, counted } = this.#state;
    this.#state = {
      loss: total + sumOf(value, divisor),
      divisor: divisor === null ? null : (divided ?? 0) + divisor,
      right: isClasses ? right + Math.round(accuracy(prediction, target) * items) : right,
      items: seen + items,
      counted: isClasses ? counted + items : counted,
    };
  }

  /** The sums over all ranks; all must call it. */
  over(ranks: Ranks | null): Average {
    if (ranks === null) return this;
    const { loss, divisor, right, items, counted } = this.#state;
    const isSum = divisor === null ? 1 : 0;
    const sums = Float64Array.of(loss, divisor ?? 0, right, items, counted, isSum);
    ranks.sum(sums);
    const at = (i: number): number => sums[i] as number;
    return new Average({
      loss: at(0),
      divisor: at(5) > 0 ? null : at(1), // a rank without rows does not know that the losses are sums
      right: at(2),
      items: at(3),
      counted: at(4),
    });
  }

  /** With ranks, the averages over all of them; all must call it. */
  result(ranks: Ranks | null = null): Averages {
    const { loss, divisor, right, items, counted } = this.over(ranks).state;
    return {
      loss: divisor === null ? loss : loss / divisor,
      accuracy: counted === items ? right / counted : null,
    };
  }
}

/**
 * What a batch's loss was divided by; null for a sum. `rows` is the batch's size.
 * @throws TypeError for a divisor that is not a number
 */
export function divisorOf({ reduction, divisor }: AveragedLoss, rows: number): number | null {
  if (reduction === "sum") return null;
  if (divisor === undefined || divisor === null) return rows;
  if (typeof divisor === "number") return divisor;
  throw new TypeError(
    `average: the loss's divisor is ${describe(divisor)}, expected a number, or null for the number of rows`,
  );
}

/** The sum of a batch's losses. A mean over nothing (0 / 0: every target is ignored) adds nothing. */
export function sumOf(value: number, divisor: number | null): number {
  if (divisor === null) return value;
  return divisor === 0 && Number.isNaN(value) ? 0 : value * divisor;
}

/**
 * The loss as a number.
 * @throws ShapeError for a loss of several numbers, as with reduction "none"
 */
export function lossValue(
  where: string,
  { reduction }: AveragedLoss,
  value: { readonly shape: readonly number[]; item(): number },
): number {
  if (sizeOf(value.shape) === 1 && reduction !== "none") return value.item();
  const given = reduction === "none" ? 'has reduction "none"' : `has shape ${formatShape(value.shape)}`;
  throw new ShapeError(
    `${where}: the loss ${given}, expected one number: build it with reduction "mean" or "sum", or end its forward with .mean()`,
  );
}

/** Whether accuracy is defined: one class index per row, or zeros and ones for a single logit. */
function hasClasses(prediction: NDArray, target: NDArray): boolean {
  const [n, columns] = prediction.shape;
  if (prediction.ndim !== 2 || target.size !== n || target.shape[0] !== n) return false;
  const isIndices = target.dtype === "int32" || target.dtype === "uint8";
  if (columns !== 1) return isIndices && target.ndim === 1;
  const fits = isIndices || sameShape(prediction.shape, target.shape);
  return fits && target.flat().every((t) => t === 0 || t === 1);
}
