import type { Diagnostic } from "tslab/dist/converter.js";
import type { Cell } from "./cell.ts";
import type { ErrorContent } from "./error-content.ts";
import { hintFor } from "./hints.ts";

/** What the compiler says about a cell, each message with its line of the cell and a caret below its place. */
export function compileError(cell: Cell, found: readonly Diagnostic[]): ErrorContent {
  const diagnostics = found.map((one) => ({ ...one, messageText: withoutPaths(one.messageText) }));
  const isModule = diagnostics.some(({ fileName }) => fileName);
  const first = diagnostics[0];
  const summary = isModule ? "a module has errors" : "nothing of this cell was run";
  return {
    ename: "CompileError",
    evalue: `${first ? place(cell, first) : ""}: ${first?.messageText}`,
    traceback: [
      `CompileError: ${summary}`,
      ...diagnostics.flatMap((one, i) => lines(cell, one, diagnostics[i - 1])),
      ...hintOf(cell, diagnostics),
    ],
  };
}

/** A name for each path to this package's files: `np.NDArray`, `typeof import("chalk-and-tape/np")`. */
function withoutPaths(message: string): string {
  return message
    .replace(/(?<!typeof )import\("[^"]*\/dist\/([\w-]+)\/[^"]*"\)\./g, "$1.")
    .replace(/import\("[^"]*\/dist\/([\w-]+)\/index"\)/g, 'import("chalk-and-tape/$1")');
}

function lines(cell: Cell, one: Diagnostic, before: Diagnostic | undefined): string[] {
  // tslab hands the parts of a chained message over one by one; all but the first explain it.
  const isPart = before?.start.offset === one.start.offset && before.end.offset === one.end.offset;
  if (isPart) return [`    ${one.messageText}`];
  const message = `${place(cell, one)}: ${one.messageText}`;
  if (one.fileName) return [message];
  const { line, column } = cell.position(one.start.offset);
  const end = cell.position(one.end.offset);
  const text = cell.lineText(line);
  const width = (end.line === line ? end.column : text.length + 1) - column;
  // Tabs stay tabs, so that the caret stands below its place whatever their width.
  const margin = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  return [message, `    ${text}`, `    ${margin}^${"~".repeat(Math.max(width - 1, 0))}`];
}

/** The first hint; what follows a mistake is often caused by it. */
function hintOf(cell: Cell, diagnostics: readonly Diagnostic[]): string[] {
  for (const one of diagnostics) {
    const { line, column } = cell.position(one.start.offset);
    const hint = one.fileName ? null : hintFor(one, cell.lineText(line).slice(column - 1));
    if (hint !== null) return [`Hint: ${hint}.`];
  }
  return [];
}

function place(cell: Cell, { fileName, start }: Diagnostic): string {
  if (fileName) return `${fileName}, line ${start.line + 1}, column ${start.character + 1}`;
  const { line, column } = cell.position(start.offset);
  return `line ${line}, column ${column}`;
}
