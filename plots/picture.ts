import { expectArgument, objectWith, text } from "../np/internal.ts";
import type { ChartSpec } from "./chart.ts";
import { standalone } from "./standalone.ts";
import { toSvg } from "./svg.ts";

/** One output in several formats; a notebook shows the best that it knows. */
export interface MimeBundle {
  readonly "image/svg+xml": string;
  readonly "text/plain": string;
}

const vegaLite = objectWith<ChartSpec>("a Vega-Lite specification with a description", {
  description: text,
});

/** Characters of a description that stand in the one line of `toString`. */
const longest = 80;

/**
 * A picture: what every chart function returns. As the last expression of a cell it is shown, in
 * plain tslab by `await show(picture)`; on a terminal `show` writes a file. `spec` is its Vega-Lite
 * specification, which JSON.stringify gives, too.
 * @see https://docs.deno.com/runtime/reference/cli/jupyter/ for Symbol.for("Jupyter.display")
 */
export class Picture {
  readonly spec: ChartSpec;

  constructor(spec: ChartSpec) {
    expectArgument("Picture", "spec", vegaLite, spec);
    this.spec = spec;
  }

  /** What the picture shows, in words, for people who cannot see it. */
  get description(): string {
    return this.spec.description;
  }

  toJSON(): ChartSpec {
    return this.spec;
  }

  /** One line: `[picture: …; await show(…) draws it]`. */
  toString(): string {
    const [first = ""] = this.description.split(/\.(?=\s|$)/);
    const short = first.length > longest ? `${first.slice(0, longest)}…` : first;
    return `[picture: ${short}; await show(…) draws it]`;
  }

  /**
   * The picture as a notebook's output: what kernels for JavaScript ask for under the name
   * `Symbol.for("Jupyter.display")`.
   */
  async toMimeBundle(): Promise<MimeBundle> {
    return { "image/svg+xml": standalone(await toSvg(this)), "text/plain": this.toString() };
  }

  static {
    const inspect = Symbol.for("nodejs.util.inspect.custom");
    const display = Symbol.for("Jupyter.display");
    Object.defineProperty(Picture.prototype, inspect, { value: Picture.prototype.toString });
    Object.defineProperty(Picture.prototype, display, { value: Picture.prototype.toMimeBundle });
  }
}
