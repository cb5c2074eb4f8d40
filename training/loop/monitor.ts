import { expectArgument, type None, type Settled } from "../../np/internal.ts";
import { epochReport } from "./epoch-contracts.ts";
import type { EpochReport } from "./history.ts";

/** A number in an epoch report that measures how good the model is. */
export type Monitored = "validationLoss" | "validationAccuracy" | "trainLoss" | "trainAccuracy";

export interface MonitorOptions {
  /** Default "validationLoss". */
  readonly monitor?: Monitored;
  /** Whether smaller or larger is better; default "min" for a loss, "max" for an accuracy. */
  readonly mode?: "min" | "max";
  /** The minimum improvement on the best so far that counts; >= 0, default 0. */
  readonly minDelta?: number;
}

/** Remembers the best value of one number so far, and its epoch. */
export class Monitor {
  readonly where: string;
  readonly monitor: Monitored;
  readonly mode: "min" | "max";
  readonly minDelta: number;
  best: { readonly epoch: number; readonly value: number } | null = null;

  constructor(where: string, settled: Settled<None, MonitorOptions>) {
    const { monitor, mode: chosen, minDelta } = settled;
    const mode = chosen ?? (monitor.endsWith("Loss") ? "min" : "max");
    [this.where, this.monitor, this.mode, this.minDelta] = [where, monitor, mode, minDelta];
  }

  /**
   * Whether this epoch beats all earlier ones; if so, it becomes the best.
   * @throws TypeError when the number is missing
   */
  observe(report: EpochReport): boolean {
    expectArgument(`${this.where}.observe`, "report", epochReport, report);
    const value = report[this.monitor];
    if (value === null) {
      const remedy = this.monitor.startsWith("validation")
        ? 'pass train a validation loader, or monitor "trainLoss"'
        : "monitor a loss";
      throw new TypeError(`${this.where}: epoch ${report.epoch} has no ${this.monitor}; ${remedy}`);
    }
    const gain =
      this.best === null ? Infinity : this.mode === "min" ? this.best.value - value : value - this.best.value;
    if (!(gain > this.minDelta)) return false;
    this.best = { epoch: report.epoch, value };
    return true;
  }
}
