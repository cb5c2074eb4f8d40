import type { StateDict } from "../../contracts/index.ts";
import { expectSaved } from "../../contracts/internal.ts";
import { NDArray } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
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
  /** @throws TypeError for anything but a state */
  loadStateDict(state: BestModelState): void {
    expectSaved("BestModel.loadStateDict", { best: { epoch: 0, value: 0 }, model: {} }, state);
    const { best, model } = state;
    this.#monitor.best = best;
    this.#model = copies(model);
  }
}

function copies(state: StateDict): StateDict {
  const entries = Object.entries(state).map(([key, x]): [string, NDArray] => {
    if (x instanceof NDArray) return [key, x.copy()];
    throw new TypeError(
      `BestModel: ${key} is ${describe(x)}, expected an NDArray; pass what stateDict() returned`,
    );
  });
  return Object.fromEntries(entries);
}
