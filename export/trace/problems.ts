import type { AnyNetwork } from "./traced.ts";

/** What keeps a network from being exported, gathered by the part that is to blame. */
export class Problems {
  readonly #found = new Map<AnyNetwork, Set<string>>();

  /** Adds what a part does, in words that follow its name: `computes matmul`. */
  add(part: AnyNetwork, what: string): void {
    const found = this.#found.get(part) ?? new Set();
    found.add(what);
    this.#found.set(part, found);
  }

  /** @throws RangeError with all of them, if there are any; `remedy` is the sentence that says what to do */
  throwIfAny(model: AnyNetwork, nameOf: (part: AnyNetwork) => string, remedy: string): void {
    if (this.#found.size === 0) return;
    const parts = [...this.#found].map(([part, found]) => {
      const name = nameOf(part);
      const title = name ? `${name} (${part.constructor.name})` : part.constructor.name;
      return `${title} ${[...found].join(", and ")}`;
    });
    throw new RangeError(
      `export: ${model.constructor.name} cannot be exported: ${parts.join("; ")}. ${remedy}`,
    );
  }
}
