import { createConverter } from "tslab/dist/converter.js";
import { createExecutor, type Executor } from "tslab/dist/executor.js";
import { Cell } from "./cell.ts";
import { CellConverter } from "./cell-converter.ts";
import { compileError } from "./compile-error.ts";
import { type ErrorContent, interruptedError } from "./error-content.ts";
import { Interruptible, interrupted } from "./interruptible.ts";
import { type MimeBundle, mimeBundle } from "./mime-bundle.ts";
import type { Phase } from "./phase.ts";
import { thrownError } from "./thrown-error.ts";
import { usePlainVariables, type Variables } from "./variables.ts";

/** How a cell ended: with an error, or with a last value to show, or with nothing to show. */
export interface Outcome {
  readonly error: ErrorContent | null;
  readonly shown: MimeBundle | null;
}

/** The cells and variables of one notebook: tslab's executor with our converter, errors and interrupts. */
export class Session {
  readonly executor: Executor;
  readonly interruptible: Interruptible;
  readonly #converter: CellConverter;
  readonly #variables: Variables;
  readonly #cells = new Map<string, Cell>();
  /** What tslab says of the cell that runs. */
  #failures: unknown[] = [];

  constructor(folder: string, phase: Phase) {
    this.interruptible = new Interruptible(phase);
    this.#converter = new CellConverter(createConverter({ isJS: false, isBrowser: false }), phase);
    const converters = {
      node: this.#converter,
      browser: this.#converter,
      close: () => this.#converter.close(),
    };
    this.executor = createExecutor(folder, converters, {
      log: () => {}, // the last value, which we show
      error: (failure: unknown) => this.#failures.push(failure),
    });
    this.#variables = usePlainVariables({
      hold: (value) => this.interruptible.hold(value),
      holdEach: (values) => this.interruptible.holdEach(values),
    });
    this.#converter.variables = this.#variables;
  }

  async run(text: string, number: number): Promise<Outcome> {
    const cell = new Cell(text, number);
    this.#cells.set(cell.scriptName, cell);
    this.#converter.start(cell);
    this.#failures = [];
    const outcome = await this.interruptible.run(() => this.#execute(cell));
    if (outcome !== interrupted) return outcome;
    this.executor.interrupt(); // so that tslab waits no longer either
    this.#converter.keepAssigned();
    return { error: interruptedError(), shown: null };
  }

  async #execute(cell: Cell): Promise<Outcome> {
    try {
      const succeeded = await this.executor.execute(cell.text);
      const { diagnostics } = this.#converter;
      if (diagnostics.length > 0) return { error: compileError(cell, diagnostics), shown: null };
      if (!succeeded) throw this.#failures.at(-1);
      this.#converter.keepAll();
    } catch (thrown) {
      this.#converter.keepAssigned();
      return { error: thrown === interrupted ? interruptedError() : this.explain(thrown), shown: null };
    }
    try {
      const value = this.#takeLastValue();
      return { error: null, shown: value === undefined || value === null ? null : await mimeBundle(value) };
    } catch (thrown) {
      return { error: this.explain(thrown), shown: null };
    }
  }

  #takeLastValue(): unknown {
    const name = this.#converter.lastValueName;
    if (name === null) return undefined;
    const value = this.#variables[name];
    this.#variables[name] = undefined;
    return value;
  }

  /** An error in Jupyter's form, with the lines of the cells that it passed. */
  explain(thrown: unknown): ErrorContent {
    return thrownError(thrown, this.#cells);
  }
}
