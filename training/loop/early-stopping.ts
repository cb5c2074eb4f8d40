import { expectCount } from "../../contracts/internal.ts";
import type { EpochReport } from "./history.ts";
import { Monitor, type MonitorOptions } from "./monitor.ts";

export interface EarlyStoppingOptions extends MonitorOptions {
  /** How many epochs in a row may be no better than the best before; a whole number >= 1, default 5. */
  readonly patience?: number;
}

/** Where early stopping stands, as plain JSON. */
export interface EarlyStoppingState {
  readonly best: { readonly epoch: number; readonly value: number } | null;
  readonly waited: number;
}

/**
 * Ends training when the validation loss has not fallen for `patience` epochs: `train(…, { earlyStopping: new EarlyStopping({ patience: 3 }) })`.
 * @throws RangeError for an option outside its range
 * @see Prechelt, "Early Stopping – But When?", 1998; Goodfellow, Bengio, Courville, "Deep Learning", 2016, algorithm 7.1
 */
export class EarlyStopping {
  readonly patience: number;
  readonly #monitor: Monitor;
  #waited = 0;

  constructor(options: EarlyStoppingOptions = {}) {
    const { patience = 5 } = options;
    expectCount("EarlyStopping", "patience", patience);
    this.patience = patience;
    this.#monitor = new Monitor("EarlyStopping", options);
  }

  /** Takes in an epoch. @throws TypeError when it lacks the number to look at */
  observe(report: EpochReport): void {
    this.#waited = this.#monitor.observe(report) ? 0 : this.#waited + 1;
  }

  /** Whether it is time to stop. */
  get stops(): boolean {
    return this.#waited >= this.patience;
  }

  stateDict(): EarlyStoppingState {
    return { best: this.#monitor.best, waited: this.#waited };
  }
  loadStateDict({ best, waited }: EarlyStoppingState): void {
    this.#monitor.best = best;
    this.#waited = waited;
  }
}
