import { arithmeticInWords } from "./arithmetic.ts";
import type { AnyNetwork } from "./traced.ts";

const usual = `Use the catalogue's layers, and between them only ${arithmeticInWords} of their outputs and numbers`;

/** What keeps a network from being exported, gathered by the part that is to blame. */
export class Problems {
  readonly #found = new Map<AnyNetwork, Set<string>>();
  readonly #remedies = new Set<string>();

  /** How many parts are to blame. */
  get size(): number {
    return this.#found.size;
  }

  /** Adds what a part does, in words that follow its name, `computes matmul`, and what to do about it. */
  add(part: AnyNetwork, what: string, remedy: string = usual): void {
    const found = this.#found.get(part) ?? new Set();
    found.add(what);
    this.#found.set(part, found);
    this.#remedies.add(remedy);
  }

  /** @throws RangeError with all of them, if there are any */
  throwIfAny(model: AnyNetwork, nameOf: (part: AnyNetwork) => string): void {
    if (this.#found.size === 0) return;
    const parts = [...this.#found].map(([part, found]) => {
      const name = nameOf(part);
      const title = name ? `${name} (${part.constructor.name})` : part.constructor.name;
      return `${title} ${[...found].join(", and ")}`;
    });
    const [what, remedies] = [parts.join("; "), [...this.#remedies].join(". ")];
    throw new RangeError(
      `export: ${model.constructor.name || "the network"} cannot be exported: ${what}. ${remedies}`,
    );
  }
}
