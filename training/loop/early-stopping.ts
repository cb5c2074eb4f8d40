import { type Contract, expectArgument, integer, type None, objectWith, settle } from "../../np/internal.ts";
import { bestEpoch, monitorOptions, wholeNumber } from "./epoch-contracts.ts";
import type { EpochReport } from "./history.ts";
import { Monitor, type MonitorOptions } from "./monitor.ts";

export interface EarlyStoppingOptions extends MonitorOptions {
  /**
   * Epochs in a row without an improvement on the best before training stops; a whole number >= 1,
   * default 5.
   */
  readonly patience?: number;
}

/** The state of early stopping, as plain JSON. */
export interface EarlyStoppingState {
  readonly best: { readonly epoch: number; readonly value: number } | null;
  readonly waited: number;
}

const contract: Contract<None, EarlyStoppingOptions> = {
  name: "EarlyStopping",
  positional: {},
  options: { ...monitorOptions, patience: wholeNumber(5) },
};

const savedState = objectWith<EarlyStoppingState>("what stateDict() gave", {
  best: bestEpoch,
  waited: integer({ least: 0 }),
});

/**
 * Stops training when the validation loss has not fallen for `patience` epochs: `train(…, {
 * earlyStopping: new EarlyStopping({ patience: 3 }) })`.
 * @throws RangeError for an option outside its range
 * @see Prechelt, "Early Stopping – But When?", 1998; Goodfellow, Bengio, Courville, "Deep
 * Learning", 2016, algorithm 7.1
 */
export class EarlyStopping {
  readonly patience: number;
  readonly #monitor: Monitor;
  #waited = 0;

  constructor(options: EarlyStoppingOptions = {}) {
    const settled = settle(contract, {}, options);
    this.patience = settled.patience;
    this.#monitor = new Monitor("EarlyStopping", settled);
  }

  /** Records an epoch. @throws TypeError when the monitored number is missing */
  observe(report: EpochReport): void {
    this.#waited = this.#monitor.observe(report) ? 0 : this.#waited + 1;
  }

  /** Whether training should stop. */
  get stops(): boolean {
    return this.#waited >= this.patience;
  }

  stateDict(): EarlyStoppingState {
    return { best: this.#monitor.best, waited: this.#waited };
  }
  loadStateDict(state: EarlyStoppingState): void {
    expectArgument("EarlyStopping.loadStateDict", "state", savedState, state);
    const { best, waited } = state;
    this.#monitor.best = best;
    this.#waited = waited;
  }
}
