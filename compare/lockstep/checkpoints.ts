import type { StateDict } from "../../contracts/index.ts";
import { DataError } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import type { Checkpoint, Ranks } from "../../training/index.ts";
import { isResumable, loadForAll, saveForAll } from "../../training/internal.ts";
import type { Judge } from "./judge.ts";
import type { Runner } from "./runner.ts";
import { expectSavedComparison, type JobIdentity, type Place } from "./saved-comparison.ts";

/** Everything of a comparison that a checkpoint saves and restores in place. */
export interface Lockstep {
  readonly left: Runner;
  readonly right: Runner;
  readonly train: object;
  readonly judge: Judge;
  readonly place: Place;
  readonly job: JobIdentity;
  readonly ranks: Ranks | null;
}

/** Writes a comparison to its checkpoint, and goes on from it. With ranks, rank 0 reads and writes the file for all. */
export class Checkpoints {
  readonly #checkpoint: Checkpoint;
  readonly #run: Lockstep;
  readonly #loader: { readonly state: object & { readonly batch: number }; loadState(state: object): void };

  /** @throws TypeError for a loader whose place in the data cannot be saved */
  constructor(checkpoint: Checkpoint, run: Lockstep) {
    if (!isResumable(run.train))
      throw new TypeError(
        "compare: the loader's place in the data cannot be saved; pass a DataLoader, or forward its state and loadState(state) from your wrapper",
      );
    this.#checkpoint = checkpoint;
    this.#run = run;
    this.#loader = run.train;
  }

  /**
   * Goes on from the file; returns whether there was one.
   * @throws RangeError for the file of another job, with all that differs; DataError for a damaged file
   */
  async resume(epochs: number): Promise<boolean> {
    const { left, right, judge, place, job, ranks } = this.#run;
    const read = await loadForAll(ranks, this.#checkpoint);
    if (read === null) return false;
    const where = `compare: ${this.#checkpoint.path}`;
    const saved = expectSavedComparison(where, read);
    expectSameJob(where, saved.job, job);
    expectSameDtype(where, saved.manual.model, left.state());
    expectSameDtype(where, saved.autograd.model, right.state());
    const done = saved.place.epochs.length + (saved.place.step > 0 ? 1 : 0);
    if (done > epochs)
      throw new RangeError(
        `${where} is in epoch ${done} already, and epochs is ${describe(epochs)}; give ${done} or more`,
      );
    const parts = {
      "chalk's side": () => left.restore(where, saved.manual),
      "the tape's side": () => right.restore(where, saved.autograd),
      "the loader": () => this.#loader.loadState(saved.loader),
    };
    for (const [name, restore] of Object.entries(parts)) restored(where, name, restore);
    judge.state = saved.judge;
    Object.assign(place, saved.place);
    return true;
  }

  /** Writes the file if it is due after this step. After an epoch's last batch the test is still to come. */
  async stepped(): Promise<void> {
    const { everySteps } = this.#checkpoint;
    const isDue = everySteps !== null && this.#run.place.count % everySteps === 0;
    if (isDue && this.#loader.state.batch > 0) await this.#save();
  }

  /** Writes the file if it is due after this epoch. */
  async finishedEpoch(isLast: boolean): Promise<void> {
    if (isLast || this.#run.place.epochs.length % this.#checkpoint.everyEpochs === 0) await this.#save();
  }

  async #save(): Promise<void> {
    const { left, right, judge, place, job, ranks } = this.#run;
    const sides = { manual: left.save(), autograd: right.save() };
    const saved = { job, ...sides, loader: this.#loader.state, judge: judge.state, place };
    await saveForAll(ranks, this.#checkpoint, () => saved);
  }
}

function expectSameJob(where: string, there: JobIdentity, here: JobIdentity): void {
  const names = [...new Set([...Object.keys(there), ...Object.keys(here)])];
  const said = (value: unknown): string =>
    value === undefined || value === null ? "not set" : describe(value);
  const differ = names.filter((name) => (there[name] ?? null) !== (here[name] ?? null));
  if (differ.length === 0) return;
  const list = differ.map((name) => `${name} is ${said(there[name])} there and ${said(here[name])} here`);
  throw new RangeError(
    `${where} was made by another job: ${list.join("; ")}; give the settings of that job, or another file`,
  );
}

/** The weights of a file would be rounded without a word. @throws RangeError for a model of another dtype */
function expectSameDtype(where: string, there: StateDict, here: StateDict): void {
  for (const [name, { dtype: own }] of Object.entries(here)) {
    const dtype = there[name]?.dtype ?? own; // a missing array is found when the side takes its state back
    if (dtype !== own)
      throw new RangeError(
        `${where}: ${name} is ${describe(dtype)} there and ${describe(own)} here; build both models with { dtype: ${describe(dtype)} }, or give another file`,
      );
  }
}

/** @throws DataError for a state of another kind, RangeError for one of another run; both name the file */
function restored(where: string, name: string, restore: () => void): void {
  try {
    restore();
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
    const Kind = error instanceof TypeError ? DataError : RangeError;
    throw new Kind(`${where}: ${name} does not take its state back: ${error.message}`, { cause: error });
  }
}
