/**
 * What the main thread is doing, in memory that it shares with the control thread.
 *
 * Ending an execution from outside ends whatever runs at that moment. So both threads agree first: the control thread
 * may do it only after it has turned `running` into `terminating`, and the main thread leaves `running` only by a
 * step that fails from then on. Then it waits to be ended, in the cell's own call, and loses nothing else.
 * (`nothing` may be ended too if that lasts: then a callback does not return.)
 */
export const Doing = { nothing: 0, compiling: 1, running: 2, terminating: 3 } as const;
export type Doing = (typeof Doing)[keyof typeof Doing];

const doing = 0;
const interruptAsked = 1;

export class Phase {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  get isTerminating(): boolean {
    return Atomics.load(this.#cells, doing) === Doing.terminating;
  }

  /** For the main thread. Returns what was done before. While it is being terminated, this does not return. */
  enter(next: Doing): Doing {
    for (;;) {
      for (const now of [Doing.nothing, Doing.compiling, Doing.running])
        if (this.#change(now, next)) return now;
    }
  }

  /** For the main thread: runs what must not be ended half way. An ended compiler would never compile again. */
  protect<T>(work: () => T): T {
    const before = this.enter(Doing.compiling);
    try {
      return work();
    } finally {
      this.enter(before);
    }
  }

  /** For the main thread: the cell that runs counts as over, unless the control thread was faster. */
  stopRunning(): void {
    this.#change(Doing.running, Doing.nothing);
  }

  /** For the control thread: true if it may end what the main thread executes while it is doing `what`. */
  claim(what: Doing): boolean {
    return this.#change(what, Doing.terminating);
  }

  /** For the control thread, after it has ended an execution, or could not. */
  release(next: Doing): void {
    this.#change(Doing.terminating, next);
  }

  set isInterruptAsked(asked: boolean) {
    Atomics.store(this.#cells, interruptAsked, Number(asked));
  }
  get isInterruptAsked(): boolean {
    return Atomics.load(this.#cells, interruptAsked) === 1;
  }

  #change(from: Doing, to: Doing): boolean {
    return Atomics.compareExchange(this.#cells, doing, from, to) === from;
  }
}
