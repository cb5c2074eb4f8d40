/** A set of hooks that can be put on and taken off. */
export class Hooks {
  readonly #put: () => (() => void)[];
  #undo: (() => void)[] | null = null;

  /** `put` puts all on, and returns how each is taken off. They are put on at once. */
  constructor(put: () => (() => void)[]) {
    this.#put = put;
    this.start();
  }
  start(): void {
    this.#undo ??= this.#put();
  }
  stop(): void {
    // In reverse order, as two may sit on one method.
    for (const undo of this.#undo?.reverse() ?? []) undo();
    this.#undo = null;
  }
}
