import { type NDArray, sameShape } from "../../np/index.ts";
import { accuracy } from "../metrics.ts";

/** The averages over an epoch's items, so a smaller last batch counts less. */
export interface Averages {
  readonly loss: number;
  /** The fraction of correct items, in 0 … 1; null unless the targets are classes. */
  readonly accuracy: number | null;
}

/** The sums of an average, as plain numbers. */
export interface AverageState {
  readonly loss: number;
  readonly right: number;
  readonly items: number;
  readonly counted: number;
}

/** Adds up the losses and correct answers of batches. */
export class Average {
  #state: AverageState;

  constructor(state: AverageState = { loss: 0, right: 0, items: 0, counted: 0 }) {
    this.#state = state;
  }

  get state(): AverageState {
    return this.#state;
  }

  /** Adds a batch; `loss` is its average over the items, as reduction "mean" gives it. */
  add(loss: number, prediction: NDArray, target: NDArray): void {
    const items = target.shape[0] ?? 1;
    const isClasses = hasClasses(prediction, target);
    const { loss: total, right, items: seen, counted } = this.#state;
    this.#state = {
      loss: total + loss * items,
      right: isClasses ? right + Math.round(accuracy(prediction, target) * items) : right,
      items: seen + items,
      counted: isClasses ? counted + items : counted,
    };
  }

  result(): Averages {
    const { loss, right, items, counted } = this.#state;
    return { loss: loss / items, accuracy: counted === items ? right / counted : null };
  }
}

/** Whether accuracy is defined: one class index per row, or zeros and ones for a single logit. */
function hasClasses(prediction: NDArray, target: NDArray): boolean {
  const [n, columns] = prediction.shape;
  if (prediction.ndim !== 2 || target.size !== n || target.shape[0] !== n) return false;
  if (target.dtype === "int32" || target.dtype === "uint8") return target.ndim === 1 || columns === 1;
  const isWhole = target.flat().every((t) => t === 0 || t === 1);
  return columns === 1 && sameShape(prediction.shape, target.shape) && isWhole;
}
