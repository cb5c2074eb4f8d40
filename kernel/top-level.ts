import ts from "@tslab/typescript-for-tslab";

/** Whether a `for await` belongs to the cell itself and not to a function in it. tslab asks for other awaits only. */
export function hasForAwait(cell: ts.SourceFile): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isForOfStatement(node) && node.awaitModifier) found = true;
    ts.forEachChild(node, visit);
  };
  visit(cell);
  return found;
}

/**
 * The cell with spaces in place of `export` before a declaration. Every variable of a cell is exported anyway, and
 * tslab would call the second export a redeclaration.
 */
export function withoutExport(cell: ts.SourceFile): string {
  let text = cell.text;
  for (const statement of cell.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const [first, second] = modifiers;
    if (first?.kind !== ts.SyntaxKind.ExportKeyword || second?.kind === ts.SyntaxKind.DefaultKeyword)
      continue;
    text = text.slice(0, first.getStart(cell)) + " ".repeat("export".length) + text.slice(first.end);
  }
  return text;
}
