import { MessageChannel } from "node:worker_threads";
import { Doing, type Phase } from "./phase.ts";

export const interrupted: unique symbol = Symbol("interrupted");

/** Runs one piece of work at a time, until it is done or interrupted. */
export class Interruptible {
  readonly #phase: Phase;
  #stop: (() => void) | null = null;

  constructor(phase: Phase) {
    this.#phase = phase;
  }

  /** `work` handles its own errors. After an interrupt, what it still awaits goes on unseen. */
  run<T>(work: () => Promise<T>): Promise<T | typeof interrupted> {
    return new Promise((resolve) => {
      const stop = (): void => resolve(interrupted);
      onFreshStack(async () => {
        this.#stop = stop;
        this.#phase.enter(Doing.running);
        const result = await work();
        if (this.#stop === stop) {
          this.#phase.enter(Doing.nothing);
          this.#stop = null;
        }
        resolve(result);
      });
    });
  }

  /** When a message can be read, no loop runs; what awaits is left alone. */
  interrupt(): void {
    this.#phase.stopRunning();
    if (this.#phase.isTerminating) return; // `terminated` follows
    this.#phase.isInterruptAsked = false;
    this.terminated();
  }

  /** The control thread has ended what was running. */
  terminated(): void {
    this.#stop?.();
    this.#stop = null;
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
