/** A set of hooks that can be installed and removed together. */
export class Hooks {
  readonly #put: () => (() => void)[];
  #undo: (() => void)[] | null = null;

  /**
   * `put` installs all hooks and returns functions that remove them. They are installed at once.
   */
  constructor(put: () => (() => void)[]) {
    this.#put = put;
    this.start();
  }
  start(): void {
    this.#undo ??= this.#put();
  }
  stop(): void {
    // In reverse order, because two hooks may wrap the same method.
    for (const undo of this.#undo?.reverse() ?? []) undo();
    this.#undo = null;
  }
}
