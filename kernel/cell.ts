import ts from "@tslab/typescript-for-tslab";
import { withHeldAwaits } from "./held-awaits.ts";
import { type Insert, originalOffset, withInserts } from "./inserts.ts";
import { cellLine, type LineTable, lineMarks, takeMarks } from "./line-marks.ts";
import { spellOut } from "./spell-out.ts";
import { hasForAwait, withoutExport } from "./top-level.ts";
import { withPlainImports } from "./variables.ts";

/** A cell of the notebook: its text, the text for tslab's converter, and the way back from what that makes of it. */
export class Cell {
  readonly text: string;
  /** Its number in the notebook, as Jupyter shows it. */
  readonly number: number;
  /** What tslab has to convert. */
  readonly spelled: string;
  readonly hasForAwait: boolean;
  readonly #source: ts.SourceFile;
  readonly #inserts: readonly Insert[];
  #output = "";
  #lines: LineTable = [];

  constructor(text: string, number: number) {
    this.text = text;
    this.number = number;
    const source = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
    this.#source = source;
    this.#inserts = [...lineMarks(source), ...spellOut(source)].sort((a, b) => a.at - b.at);
    this.spelled = withInserts(withoutExport(source), this.#inserts);
    this.hasForAwait = hasForAwait(source);
  }

  /** The name that its script has in stack traces. */
  get scriptName(): string {
    return `cell-${this.number}.ts`;
  }

  /** The JavaScript to run, of the JavaScript that tslab made. */
  script(converted: string): string {
    const { output, table } = takeMarks(withHeldAwaits(withPlainImports(converted)));
    this.#output = output;
    this.#lines = table;
    return `${output}\n//# sourceURL=${this.scriptName}`;
  }

  /** The line, from 1, that a place in the script comes from, and its text. */
  lineOfScript(line: number, column: number): { line: number; text: string } | null {
    const found = cellLine(this.#output, this.#lines, line, column);
    return found === null ? null : { line: found, text: this.lineText(found) };
  }

  lineText(line: number): string {
    return this.text.split("\n")[line - 1] ?? "";
  }

  /** The line and column, both from 1, of an offset in the spelled text. */
  position(offset: number): { line: number; column: number } {
    const at = Math.min(Math.max(originalOffset(this.#inserts, offset), 0), this.text.length);
    const { line, character } = ts.getLineAndCharacterOfPosition(this.#source, at);
    return { line: line + 1, column: character + 1 };
  }
}
