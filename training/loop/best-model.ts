import type { StateDict } from "../../contracts/index.ts";
import type { NDArray } from "../../np/index.ts";
import { type Contract, expectArgument, type None, ndarray, objectWith, settle } from "../../np/internal.ts";
import { bestEpoch, monitorOptions, savedModel } from "./epoch-contracts.ts";
import type { EpochReport } from "./history.ts";
import { Monitor, type MonitorOptions } from "./monitor.ts";

/** The best epoch so far and its weights. */
export interface BestModelState {
  readonly best: { readonly epoch: number; readonly value: number } | null;
  readonly model: StateDict;
}

const contract: Contract<None, MonitorOptions> = {
  name: "BestModel",
  positional: {},
  options: monitorOptions,
};

const savedState = objectWith<BestModelState>("what stateDict() gave", {
  best: bestEpoch,
  model: objectWith("the arrays of a model by name", {}),
});

/**
 * Keeps a copy of the model after its best epoch; `train` restores it at the end: `train(…, {
 * bestModel: new BestModel() })`.
 * @throws RangeError for an option outside its range
 */
export class BestModel {
  readonly #monitor: Monitor;
  #model: StateDict = {};

  constructor(options: MonitorOptions = {}) {
    this.#monitor = new Monitor("BestModel", settle(contract, {}, options));
  }

  /** The best epoch, counted from 1; null before the first. */
  get epoch(): number | null {
    return this.#monitor.best?.epoch ?? null;
  }

  /** Records an epoch and, if it is the best so far, copies the model's arrays. */
  observe(report: EpochReport, model: { stateDict(): StateDict }): void {
    expectArgument("BestModel.observe", "model", savedModel, model);
    if (this.#monitor.observe(report)) this.#model = copies(model.stateDict());
  }

  /** Restores the best weights, and buffers such as running means, to the model. */
  restore(model: { loadStateDict(state: StateDict): void }): void {
    expectArgument("BestModel.restore", "model", savedModel, model);
    if (this.#monitor.best) model.loadStateDict(this.#model);
  }

  stateDict(): BestModelState {
    return { best: this.#monitor.best, model: this.#model };
  }
  loadStateDict(state: BestModelState): void {
    expectArgument("BestModel.loadStateDict", "state", savedState, state);
    const { best, model } = state;
    this.#monitor.best = best;
    this.#model = copies(model);
  }
}

function copies(state: StateDict): StateDict {
  const copy = ([key, x]: [string, NDArray]): [string, NDArray] => {
    expectArgument("BestModel", key, ndarray, x);
    return [key, x.copy()];
  };
  return Object.fromEntries(Object.entries(state).map(copy));
}
