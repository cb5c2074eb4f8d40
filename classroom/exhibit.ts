import type { Markup } from "../plots/internal.ts";

/** One output in two formats; a notebook shows the best that it knows. */
export interface ExhibitBundle {
  readonly "text/html": string;
  readonly "text/plain": string;
}

/**
 * What the functions of this room return: as the last expression of a cell, a table; on a terminal
 * and in plain tslab, the same as text. The HTML has no script and no style, so a notebook that
 * nobody has trusted yet shows all of it.
 */
export abstract class Exhibit {
  /** The exhibit as text. */
  abstract toString(): string;

  /** The exhibit as HTML, without script and without style. */
  abstract toHtml(): Markup;

  /** Both formats, as a kernel for notebooks asks for them. */
  toMimeBundle(): ExhibitBundle {
    return { "text/html": this.toHtml().text, "text/plain": this.toString() };
  }

  static {
    const inspect = Symbol.for("nodejs.util.inspect.custom");
    const display = Symbol.for("Jupyter.display");
    Object.defineProperty(Exhibit.prototype, inspect, {
      value(this: Exhibit) {
        return this.toString();
      },
    });
    Object.defineProperty(Exhibit.prototype, display, {
      value(this: Exhibit) {
        return this.toMimeBundle();
      },
    });
  }
}
