import type { EpochReport } from "./history.ts";

/** A number of an epoch that says how good the model is. */
export type Monitored = "validationLoss" | "validationAccuracy" | "trainLoss" | "trainAccuracy";

const monitored: readonly Monitored[] = [
  "validationLoss",
  "validationAccuracy",
  "trainLoss",
  "trainAccuracy",
];

export interface MonitorOptions {
  /** Default "validationLoss". */
  readonly monitor?: Monitored;
  /** Whether smaller or larger is better; default "min" for a loss, "max" for an accuracy. */
  readonly mode?: "min" | "max";
  /** By how much it must be better than the best before to count as better; >= 0, default 0. */
  readonly minDelta?: number;
}

/** Remembers the best value of one number so far, and in which epoch it was. */
export class Monitor {
  readonly where: string;
  readonly monitor: Monitored;
  readonly mode: "min" | "max";
  readonly minDelta: number;
  best: { readonly epoch: number; readonly value: number } | null = null;

  /** @throws RangeError for an unknown number or mode, or a negative minDelta */
  constructor(where: string, options: MonitorOptions) {
    const { monitor = "validationLoss", minDelta = 0 } = options;
    const { mode = monitor.endsWith("Loss") ? "min" : "max" } = options;
    if (!monitored.includes(monitor))
      throw new RangeError(`${where}: monitor is "${monitor}", expected one of ${monitored.join(", ")}`);
    if (mode !== "min" && mode !== "max")
      throw new RangeError(`${where}: mode is "${mode}", expected "min" or "max"`);
    if (!(minDelta >= 0)) throw new RangeError(`${where}: minDelta is ${minDelta}, expected a number >= 0`);
    [this.where, this.monitor, this.mode, this.minDelta] = [where, monitor, mode, minDelta];
  }

  /** Whether this epoch is better than all before, which makes it the best. @throws TypeError when the number is not there */
  observe(report: EpochReport): boolean {
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
