import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import type { Cell } from "./cell.ts";
import type { ErrorContent } from "./error-content.ts";

const kernelFolder = fileURLToPath(new URL(".", import.meta.url));
const packageFolder = fileURLToPath(new URL("../../", import.meta.url));

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
    const { caller, file, line, column } = readFrame(text);
    if (isMachinery(file)) continue;
    const cell = cells.get(file);
    if (!cell) {
      const place = `${file.replace(packageFolder, "chalk-and-tape/")}:${line}:${column}`;
      lines.push(`    at ${caller ? `${caller} (${place})` : place}`);
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

/** What stands between a cell and its caller. */
function isMachinery(file: string): boolean {
  return file.startsWith("node:") || file.startsWith(kernelFolder) || /[/\\]tslab[/\\]dist[/\\]/.test(file);
}

/** `    at f (file:3:7)` or `    at async file:3:7`. */
function readFrame(text: string): { caller: string; file: string; line: number; column: number } {
  const [, caller = "", place = ""] =
    /^ +at (?:(.*) \((.*)\)|(?:async )?(.*))$/.exec(text)?.slice(0, 3) ?? [];
  const bare = place || text.replace(/^ +at (?:async )?/, "");
  const [, file = bare, line = "0", column = "0"] = /^(?:file:\/\/)?(.*):(\d+):(\d+)$/.exec(bare) ?? [];
  // A function of an earlier cell is called as a property of an object: `Object.f`.
  return { caller: caller.replace("Object.", ""), file, line: Number(line), column: Number(column) };
}
