import type { UnitRange } from "./partition.ts";

/** Words of the memory that all threads of a crew share. */
const word = { task: 0, next: 1, done: 2, ready: 3, failed: 4 } as const;
/** Behind them, at a multiple of 8 bytes, the task in numbers. */
const words = 6;
/** Room for the arguments of any method; a call of six views has 150. */
const mostNumbers = 1024;
/** `next` holds the number of the task and of the part that is to be taken next: one who comes late takes nothing of another task. */
const partBits = 8;
const mostTasks = 2 ** (31 - partBits);
/** How often a helper looks for the next task before it sleeps: a third of a millisecond. */
const looks = 4000;
/** A task has no more parts. */
export const mostParts: number = 2 ** partBits - 1;

/** Who takes which part of the task in hand, and how far it is. */
export class Control {
  readonly memory: SharedArrayBuffer;
  /** The task in hand: whole from the moment on at which it is announced until its last part is done. */
  readonly numbers: Float64Array;
  readonly #words: Int32Array;
  #root = 1;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(4 * words + 8 * mostNumbers)) {
    this.memory = memory;
    this.#words = new Int32Array(memory, 0, words);
    this.numbers = new Float64Array(memory, 4 * words, mostNumbers);
  }

  /** A new task, of which nothing is taken. */
  open(): number {
    const task = (Atomics.load(this.#words, word.task) + 1) % mostTasks;
    Atomics.store(this.#words, word.done, 0);
    Atomics.store(this.#words, word.failed, 0);
    Atomics.store(this.#words, word.next, task << partBits);
    return task;
  }

  /** Wakes the others: its numbers are written. */
  announce(task: number): void {
    Atomics.store(this.#words, word.task, task);
    Atomics.notify(this.#words, word.task);
  }

  /** Waits until there is another task than `seen`: awake for a while, since being woken takes longer than many a part. */
  await(seen: number): number {
    for (let i = 0; i < looks && Atomics.load(this.#words, word.task) === seen; i++) this.#spin();
    Atomics.wait(this.#words, word.task, seen);
    return Atomics.load(this.#words, word.task);
  }

  /** The next part of a task whose `units` are cut into `parts`; null where all are taken, or the task is another by now. */
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

  /** Waits until all parts are done; false where one failed. */
  join(parts: number): boolean {
    while (Atomics.load(this.#words, word.done) < parts) this.#spin(); // whoever took one is at it
    return Atomics.load(this.#words, word.failed) === 0;
  }

  /**
   * Some 80 ns between two looks: roots, of which each waits for the one before, so that the core has time for its other thread, which may be the
   * one that is waited for. JavaScript has no instruction to pause.
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
