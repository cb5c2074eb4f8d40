import { MessageChannel } from "node:worker_threads";
import { Doing, type Phase } from "./phase.ts";

export const interrupted: unique symbol = Symbol("interrupted");

/** One run of a cell. */
interface Run {
  isInterrupted: boolean;
  readonly stop: () => void;
}

/** Runs one piece of work at a time, until it is done or interrupted. */
export class Interruptible {
  readonly #phase: Phase;
  #current: Run | null = null;

  constructor(phase: Phase) {
    this.#phase = phase;
  }

  /** `work` handles its own errors. */
  run<T>(work: () => Promise<T>): Promise<T | typeof interrupted> {
    return new Promise((resolve) => {
      const run: Run = { isInterrupted: false, stop: () => resolve(interrupted) };
      onFreshStack(async () => {
        this.#current = run;
        this.#phase.enter(Doing.running);
        const result = await work();
        if (run.isInterrupted) return;
        this.#phase.enter(Doing.nothing); // from here on, nobody ends it
        this.#current = null;
        resolve(result);
      });
    });
  }

  /** When a message can be read, no loop runs; what the cell awaits is held back from now on. */
  interrupt(): void {
    this.#phase.stopRunning();
    if (this.#phase.isTerminating) return; // `terminated` follows
    this.#phase.isInterruptAsked = false;
    this.terminated();
  }

  /** The control thread has ended what was running. */
  terminated(): void {
    const run = this.#current;
    this.#current = null;
    if (!run) return;
    run.isInterrupted = true;
    run.stop();
  }

  /** What `value` resolves to; never, after the run that asks was interrupted. */
  hold<T>(value: T | PromiseLike<T>): Promise<T> {
    const run = this.#current;
    this.#wait(run);
    return new Promise((resolve, reject) => {
      Promise.resolve(value).then(
        (result) => this.#goOn(run) && resolve(result),
        (error) => this.#goOn(run) && reject(error),
      );
    });
  }

  /** The values of an iterable, until the run that asks is interrupted. */
  async *holdEach<T>(values: AsyncIterable<T> | Iterable<T | PromiseLike<T>>): AsyncGenerator<T> {
    const run = this.#current;
    this.#wait(run);
    for await (const value of values) {
      if (!this.#goOn(run)) await new Promise(() => {});
      yield value;
      this.#wait(run);
    }
    this.#goOn(run);
  }

  /** While a cell awaits, other callbacks run, and those must not be ended. */
  #wait(run: Run | null): void {
    if (run && run === this.#current) this.#phase.enter(Doing.nothing);
  }

  /** Returns false if the run was interrupted. */
  #goOn(run: Run | null): boolean {
    if (run?.isInterrupted) return false;
    if (run && run === this.#current) this.#phase.enter(Doing.running);
    return true;
  }
}

/**
 * Calls `work` as the only microtask of a new turn. An execution that is ended takes the whole stack and all waiting
 * microtasks with it, so nothing of ours may be among them.
 */
function onFreshStack(work: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port2.once("message", () => {
    port2.close();
    queueMicrotask(work);
  });
  port1.postMessage(null);
}
