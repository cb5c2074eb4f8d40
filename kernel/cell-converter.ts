import type { Converter, ConvertResult, Diagnostic } from "tslab/dist/converter.js";
import type { Cell } from "./cell.ts";
import { interrupted } from "./interruptible.ts";
import { keptDeclarations } from "./kept-declarations.ts";
import type { Phase } from "./phase.ts";
import { declaredNames, type Variables } from "./variables.ts";

/** tslab's converter with our hands before and after it; it also knows which declarations the next cell may use. */
export class CellConverter implements Converter {
  readonly #tslab: Converter;
  readonly #phase: Phase;
  /** What tslab takes for the declarations of all earlier cells. */
  #declarations = "";
  #converted: ConvertResult | null = null;
  #earlier: Variables = {};
  /** The cell that is run. */
  cell: Cell | null = null;
  diagnostics: readonly Diagnostic[] = [];
  variables: Variables = {};

  constructor(tslab: Converter, phase: Phase) {
    this.#tslab = tslab;
    this.#phase = phase;
  }

  /** Forgets what it found in the cell before. */
  start(cell: Cell): void {
    this.cell = cell;
    this.diagnostics = [];
    this.#converted = null;
  }

  /** tslab's executor passes declarations too, but it forgets those of a cell that failed. */
  convert(_declarations: string, text: string): ConvertResult {
    const { cell } = this;
    const result = this.#phase.protect(() => this.#tslab.convert(this.#declarations, cell?.spelled ?? text));
    if (this.#phase.isInterruptAsked) throw interrupted;
    this.diagnostics = result.diagnostics;
    if (result.diagnostics.length > 0 || !cell || result.output === undefined) return result;
    this.#converted = result;
    this.#earlier = { ...this.variables };
    return {
      ...result,
      output: cell.script(result.output),
      hasToplevelAwait: result.hasToplevelAwait || cell.hasForAwait,
      // We read the last value: tslab deletes its variable, and an object with a deleted property stays slow.
      lastExpressionVar: undefined,
    };
  }

  /** After a cell: the name of the variable that holds its last value. */
  get lastValueName(): string | null {
    return this.#converted?.lastExpressionVar ?? null;
  }

  /** After a cell that ran to its end. */
  keepAll(): void {
    if (this.#converted) this.#declarations = this.#converted.declOutput ?? "";
  }

  /** After a cell that ran and failed: what has no value yet is again what it was before the cell. */
  keepAssigned(): void {
    if (!this.#converted) return;
    const { output = "", declOutput = "" } = this.#converted;
    const lost = declaredNames(output).filter((name) => this.variables[name] === undefined);
    for (const name of lost) this.variables[name] = this.#earlier[name];
    this.#declarations = keptDeclarations(this.#declarations, declOutput, new Set(lost));
  }

  inspect(_declarations: string, text: string, position: number): ReturnType<Converter["inspect"]> {
    return this.#phase.protect(() => this.#tslab.inspect(this.#declarations, text, position));
  }

  complete(_declarations: string, text: string, position: number): ReturnType<Converter["complete"]> {
    return this.#phase.protect(() => this.#tslab.complete(this.#declarations, text, position));
  }

  addModule(...module: Parameters<Converter["addModule"]>): Diagnostic[] {
    const diagnostics = this.#phase.protect(() => this.#tslab.addModule(...module));
    this.diagnostics = diagnostics;
    return diagnostics;
  }

  close(): void {
    this.#tslab.close();
  }
}
