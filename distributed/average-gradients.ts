import { type Module, Tensor } from "../autograd/index.ts";
import { slotOf } from "../autograd/internal.ts";
import type { Layer } from "../manual/index.ts";
import { anyNumber, expectArgument, having, integer, objectWith } from "../np/internal.ts";
import type { AveragedLoss, Ranks } from "../training/index.ts";
import { averageGradients as averageSlots } from "../training/internal.ts";

/** What this rank's part of a batch gave. */
export interface Part {
  /** The loss of the part, as a number; it counts nothing if there are no rows. */
  readonly value: number;
  /** The number of rows in the part, which may be 0. */
  readonly rows: number;
}

/** A loss of either side, or one of your own. */
type AnyLoss = AveragedLoss & { forward(...args: never[]): unknown };

const anyRanks = having<Ranks>("ranks, such as distributed()", "sum", "broadcast");
const anyModel = having<Layer | Module>("a model, such as new Linear(2, 2)", "forward", "parameters");
const anyLoss = having<AnyLoss>("a loss, such as new MSELoss()", "forward");
const anyPart = objectWith<Part>("{ value, rows }", { value: anyNumber, rows: integer({ least: 0 }) });

/**
 * For a loop of your own, between backward and step: replaces the gradients of this rank's part of
 * a batch by those of the whole batch, the same bits on every rank, and returns the whole batch's
 * loss. `loss` has just computed `value`. All ranks must call it for every batch, a rank without
 * rows too: it skips forward and backward, and passes `{ value: 0, rows: 0 }`.
 * `train` does all this by itself.
 * @throws TypeError for a wrong argument
 * @throws RangeError if a rank has ended, or calls something else
 * @example
 * const ranks = distributed();
 * const model = new Linear(2, 2, { rng: random(0) });
 * const loss = new CrossEntropyLoss();
 * const batch = { x: ones([4, 2]), y: array([0, 1, 0, 1], { dtype: "int32" }) };
 * const step = computeGradients(model, batch, loss);
 * averageGradients(ranks, model, loss, { value: step.loss, rows: 4 }) === step.loss // true
 */
export function averageGradients(ranks: Ranks, model: Layer | Module, loss: AnyLoss, part: Part): number {
  const where = "averageGradients";
  expectArgument(where, "ranks", anyRanks, ranks);
  expectArgument(where, "model", anyModel, model);
  expectArgument(where, "loss", anyLoss, loss);
  expectArgument(where, "part", anyPart, part);
  if (ranks.size === 1) return part.value;
  const slots = model.parameters().map((p) => (p instanceof Tensor ? slotOf(p) : p));
  return averageSlots(ranks, slots, { loss, ...part });
}
