import ts from "@tslab/typescript-for-tslab";
import type { Insert } from "./inserts.ts";

/**
 * Marks that survive the compiler. tslab makes no source map, so each line of a cell that starts with a statement, a
 * member or an expression gets a comment with its number. The compiler keeps comments; we read where they have gone,
 * and take them out again.
 */
const mark = /\/\*⟦(\d+)⟧\*\/ ?/g;

/** The marks of a cell, in ascending order. */
export function lineMarks(cell: ts.SourceFile): Insert[] {
  const lines = new Map<number, number>();
  const visit = (node: ts.Node): void => {
    const at = markedPlace(cell, node);
    if (at !== null) {
      const { line, character } = cell.getLineAndCharacterOfPosition(at);
      const isFirst = cell.text.slice(at - character, at).trim() === "";
      if (isFirst) lines.set(at, line + 1);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(cell, visit);
  return [...lines].sort(([a], [b]) => a - b).map(([at, line]) => ({ at, text: `/*⟦${line}⟧*/` }));
}

/**
 * Where a mark for this node may stand. Never before the value of a `return`, `throw` or `yield`: the compiler drops
 * the parentheses of `return (\n x as T)` but keeps the comment with its line break, and then nothing is returned.
 */
function markedPlace(cell: ts.SourceFile, node: ts.Node): number | null {
  if (ts.isStatement(node) || ts.isClassElement(node) || ts.isObjectLiteralElement(node))
    return node.getStart(cell);
  if (ts.isPropertyAccessExpression(node)) {
    const dot = node.getChildren(cell)[1];
    return dot ? dot.getStart(cell) : null;
  }
  const { parent } = node;
  const isArgument =
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node;
  const isElement = ts.isArrayLiteralExpression(parent);
  const isBody = ts.isArrowFunction(parent) && parent.body === node;
  return (isArgument || isElement || isBody) && ts.isExpression(node) ? node.getStart(cell) : null;
}

/** Where the lines of a cell have gone: ascending offsets in the JavaScript, each with its line in the cell. */
export type LineTable = readonly { readonly offset: number; readonly line: number }[];

/** The JavaScript without the marks, and the table that they were. */
export function takeMarks(marked: string): { output: string; table: LineTable } {
  const table: { offset: number; line: number }[] = [];
  let output = "";
  let from = 0;
  for (const match of marked.matchAll(mark)) {
    output += marked.slice(from, match.index);
    from = match.index + match[0].length;
    table.push({ offset: output.length, line: Number(match[1]) });
  }
  return { output: output + marked.slice(from), table };
}

/** The line of the cell that a line and column of the JavaScript, both from 1, come from; null before the first. */
export function cellLine(output: string, table: LineTable, line: number, column: number): number | null {
  let offset = column - 1;
  for (const text of output.split("\n").slice(0, line - 1)) offset += text.length + 1;
  return table.findLast((one) => one.offset <= offset)?.line ?? null;
}
