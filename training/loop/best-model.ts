import type { StateDict } from "../../contracts/index.ts";
import type { NDArray } from "../../np/index.ts";
import type { EpochReport } from "./history.ts";
import { Monitor, type MonitorOptions } from "./monitor.ts";

/** The best epoch so far and its weights. */
export interface BestModelState {
  readonly best: { readonly epoch: number; readonly value: number } | null;
  readonly model: StateDict;
}

/**
 * Keeps a copy of the model after its best epoch; `train` restores it at the end: `train(…, {
 * bestModel: new BestModel() })`.
 * @throws RangeError for an option outside its range
 */
export class BestModel {
  readonly #monitor: Monitor;
  #model: StateDict = {};

  constructor(options: MonitorOptions = {}) {
    this.#monitor = new Monitor("BestModel", options);
  }

  /** The best epoch, counted from 1; null before the first. */
  get epoch(): number | null {
    return this.#monitor.best?.epoch ?? null;
  }

  /** Records an epoch and, if it is the best so far, copies the model's arrays. */
  observe(report: EpochReport, model: { stateDict(): StateDict }): void {
    if (this.#monitor.observe(report)) this.#model = copies(model.stateDict());
  }

  /** Restores the best weights, and buffers such as running means, to the model. */
  restore(model: { loadStateDict(state: StateDict): void }): void {
    if (this.#monitor.best) model.loadStateDict(this.#model);
  }

  stateDict(): BestModelState {
    return { best: this.#monitor.best, model: this.#model };
  }
  loadStateDict({ best, model }: BestModelState): void {
    this.#monitor.best = best;
    this.#model = copies(model);
  }
}

function copies(state: StateDict): StateDict {
  return Object.fromEntries(Object.entries(state).map(([key, x]): [string, NDArray] => [key, x.copy()]));
}
