import { inspect } from "node:util";
import type { Cell } from "./cell.ts";
import type { ErrorContent } from "./error-content.ts";

/** What a cell has thrown, with the lines of the cells on its way. `cells` are all that have run, by script name. */
export function thrownError(thrown: unknown, cells: ReadonlyMap<string, Cell>): ErrorContent {
  if (!(thrown instanceof Error)) {
    const text = inspect(thrown);
    return { ename: "Thrown", evalue: text, traceback: [`Thrown: ${text}`] };
  }
  return { ename: thrown.name, evalue: thrown.message, traceback: traceback(thrown, cells) };
}

function traceback(error: Error, cells: ReadonlyMap<string, Cell>, depth = 0): string[] {
  const lines = [`${error.name}: ${error.message}`, ...frames(error, cells)];
  if (!(error.cause instanceof Error) || depth === 3) return lines;
  const [first = "", ...rest] = traceback(error.cause, cells, depth + 1);
  return [...lines, `caused by ${first}`, ...rest];
}

function frames({ stack = "" }: Error, cells: ReadonlyMap<string, Cell>): string[] {
  const lines: string[] = [];
  for (const text of stack.split("\n").filter((line) => /^ +at /.test(line))) {
    if (/[/\\]tslab[/\\]dist[/\\]|\(?node:/.test(text)) continue;
    const { caller, file, line, column } = readFrame(text);
    const cell = cells.get(file);
    if (!cell) {
      lines.push(`    at ${caller ? `${caller} (${file}:${line}:${column})` : `${file}:${line}:${column}`}`);
      continue;
    }
    const found = cell.lineOfScript(line, column);
    const place = `cell ${cell.number}${found ? `, line ${found.line}` : ""}`;
    lines.push(`    at ${caller ? `${caller} (${place})` : place}`);
    if (found) lines.push(`        ${found.text.trim()}`);
    if (!caller) break; // the cell itself; below it is only who has called it
  }
  return lines;
}

/** `    at f (file:3:7)` or `    at async file:3:7`. */
function readFrame(text: string): { caller: string; file: string; line: number; column: number } {
  const [, caller = "", place = ""] =
    /^ +at (?:(.*) \((.*)\)|(?:async )?(.*))$/.exec(text)?.slice(0, 3) ?? [];
  const bare = place || text.replace(/^ +at (?:async )?/, "");
  const [, file = bare, line = "0", column = "0"] = /^(?:file:\/\/)?(.*):(\d+):(\d+)$/.exec(bare) ?? [];
  return { caller, file, line: Number(line), column: Number(column) };
}
