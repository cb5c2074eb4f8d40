import ts from "@tslab/typescript-for-tslab";
import { type Insert, withInserts } from "./inserts.ts";

/**
 * The JavaScript of a cell whose awaits can be interrupted for good. A promise cannot be stopped, so a loop that awaits
 * would go on behind the next cells. Here every `await x` becomes `await __tslab__.hold(x)`, which never
 * resolves after the cell that awaits was interrupted, and the iterable of a `for await` likewise.
 */
export function withHeldAwaits(output: string): string {
  if (!/\bawait\b/.test(output)) return output;
  const source = ts.createSourceFile("cell.js", output, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS);
  const inserts: Insert[] = [];
  const wrap = (name: string, { pos, end }: ts.Node): void => {
    inserts.push({ at: pos, text: ` __tslab__.${name}(` }, { at: end, text: ")" });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isAwaitExpression(node)) wrap("hold", node.expression);
    if (ts.isForOfStatement(node) && node.awaitModifier) wrap("holdEach", node.expression);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return withInserts(
    output,
    inserts.sort((a, b) => a.at - b.at),
  );
}
