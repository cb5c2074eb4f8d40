import { expectArgument, integer, listWith, objectWith, oneOf, printsItsText } from "../../np/internal.ts";

/**
 * The results of one epoch. Losses are averages over its items, or with reduction "sum" their sum,
 * and do not depend on the batch size; accuracies are fractions in 0 … 1.
 */
export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  /** The loss of each batch before its update, averaged as `evaluate` does. */
  readonly trainLoss: number;
  /** Null unless the targets are classes. */
  readonly trainAccuracy: number | null;
  /** The loss after the epoch; null without a validation loader. */
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
  /** The learning rate of the epoch's last step. */
  readonly lr: number | null;
  /** Including validation. If the run was resumed in this epoch, counted from then. Of several ranks, rank 0's. */
  readonly seconds: number;
}

/** The epochs of a training run. `[...history]` and `history.epochs` are reports, ready for a plot or a table. */
export class History {
  readonly epochs: readonly EpochReport[];
  /** Why training ended. */
  readonly stoppedBy: "epochs" | "earlyStopping";
  /** The epoch whose weights the model has now: the best one with a `BestModel`, else the last. */
  readonly keptEpoch: number;

  constructor(epochs: readonly EpochReport[], stoppedBy: "epochs" | "earlyStopping", keptEpoch: number) {
    expectArgument(
      "History",
      "epochs",
      listWith("a list of epoch reports", objectWith("a report", {})),
      epochs,
    );
    expectArgument("History", "stoppedBy", oneOf("epochs", "earlyStopping"), stoppedBy);
    expectArgument("History", "keptEpoch", integer(), keptEpoch);
    this.epochs = epochs;
    this.stoppedBy = stoppedBy;
    this.keptEpoch = keptEpoch;
  }

  get trainLosses(): number[] {
    return this.epochs.map(({ trainLoss }) => trainLoss);
  }
  /** Empty without a validation loader. */
  get validationLosses(): number[] {
    return this.epochs.flatMap(({ validationLoss }) => validationLoss ?? []);
  }

  [Symbol.iterator](): Iterator<EpochReport> {
    return this.epochs[Symbol.iterator]();
  }

  /** Formats a table with one line per epoch. */
  toString(): string {
    const head = ["epoch", "loss", "accuracy", "val. loss", "val. accuracy", "lr"];
    const rows = this.epochs.map((one) => [
      `${one.epoch}`,
      number(one.trainLoss),
      percent(one.trainAccuracy),
      number(one.validationLoss),
      percent(one.validationAccuracy),
      one.lr === null ? "–" : `${Number(one.lr.toPrecision(3))}`,
    ]);
    const widths = head.map((word, i) => Math.max(word.length, ...rows.map((row) => row[i]?.length ?? 0)));
    const line = (cells: readonly string[]): string =>
      cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join("  ");
    const end = this.stoppedBy === "earlyStopping" ? ["stopped early"] : [];
    if (this.keptEpoch !== this.epochs.length) end.push(`the weights are those of epoch ${this.keptEpoch}`);
    return [head, ...rows].map(line).join("\n") + (end.length > 0 ? `\n${end.join("; ")}` : "");
  }
  static {
    printsItsText(History.prototype);
  }
}

function number(x: number | null): string {
  return x === null ? "–" : x.toFixed(4);
}

function percent(x: number | null): string {
  return x === null ? "–" : `${(100 * x).toFixed(1)} %`;
}
