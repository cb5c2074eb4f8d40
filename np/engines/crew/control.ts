import type { UnitRange } from "./partition.ts";

/** Positions in the memory that all threads of a crew share. */
const word = { task: 0, next: 1, done: 2, ready: 3, failed: 4 } as const;
/** After these words, at a multiple of 8 bytes, comes the task as numbers. */
const words = 6;
/** Room for the arguments of any method; a call with six views takes 150. */
const mostNumbers = 1024;
/**
 * `next` holds the task's number and the next part to take, so a late thread takes no part of
 * another task.
 */
const partBits = 8;
const mostTasks = 2 ** (31 - partBits);
/** How often a helper polls for the next task before it sleeps: a third of a millisecond in all. */
const looks = 4000;
/** The largest number of parts of a task. */
export const mostParts: number = 2 ** partBits - 1;

/** Tracks which parts of the current task are taken, and how many are done. */
export class Control {
  readonly memory: SharedArrayBuffer;
  /** The current task, complete from its announcement until its last part is done. */
  readonly numbers: Float64Array;
  readonly #words: Int32Array;
  #root = 1;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(4 * words + 8 * mostNumbers)) {
    this.memory = memory;
    this.#words = new Int32Array(memory, 0, words);
    this.numbers = new Float64Array(memory, 4 * words, mostNumbers);
  }

  /** Opens a new task with no part taken, and returns its number. */
  open(): number {
    const task = (Atomics.load(this.#words, word.task) + 1) % mostTasks;
    Atomics.store(this.#words, word.done, 0);
    Atomics.store(this.#words, word.failed, 0);
    Atomics.store(this.#words, word.next, task << partBits);
    return task;
  }

  /** Wakes the helpers, after the task's numbers are written. */
  announce(task: number): void {
    Atomics.store(this.#words, word.task, task);
    Atomics.notify(this.#words, word.task);
  }

  /**
   * Waits for a task other than `seen`. It polls for a while first, since waking up takes longer
   * than many parts do.
   */
  await(seen: number): number {
    for (let i = 0; i < looks && Atomics.load(this.#words, word.task) === seen; i++) this.#spin();
    Atomics.wait(this.#words, word.task, seen);
    return Atomics.load(this.#words, word.task);
  }

  /**
   * Takes the next part of a task whose `units` are divided into `parts`; null if all are taken, or
   * the task has been replaced.
   */
  take(task: number, parts: number, units: number): UnitRange | null {
    for (;;) {
      const next = Atomics.load(this.#words, word.next);
      const index = next & mostParts;
      if (next >> partBits !== task || index >= parts) return null;
      if (Atomics.compareExchange(this.#words, word.next, next, next + 1) !== next) continue;
      const [from, to] = [Math.floor((units * index) / parts), Math.floor((units * (index + 1)) / parts)];
      return { index, from, to };
    }
  }

  finish(done: boolean): void {
    if (!done) Atomics.store(this.#words, word.failed, 1);
    Atomics.add(this.#words, word.done, 1);
  }

  /** Waits until all parts are done; false if one failed. */
  join(parts: number): boolean {
    while (Atomics.load(this.#words, word.done) < parts) this.#spin(); // another thread is computing the rest
    return Atomics.load(this.#words, word.failed) === 0;
  }

  /**
   * Waits about 80 ns between two polls, with a chain of square roots. Each waits for the one
   * before, which leaves the core free for its other hardware thread, perhaps the one we are
   * waiting for. JavaScript has no pause instruction.
   */
  #spin(): void {
    let x = this.#root;
    for (let i = 0; i < 8; i++) x = Math.sqrt(x + 2);
    this.#root = x;
  }

  signIn(): void {
    Atomics.add(this.#words, word.ready, 1);
  }
  get ready(): number {
    return Atomics.load(this.#words, word.ready);
  }
}
