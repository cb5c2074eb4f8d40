import ts from "@tslab/typescript-for-tslab";

/**
 * What the next cell may know after a cell that failed half way: all that had got a value by then, as it does in
 * Python. tslab forgets the whole cell, so a loop that is interrupted would take the model of its first line with it.
 * `before` and `after` are tslab's declarations without and with the cell, `lost` the names that got no value.
 */
export function keptDeclarations(before: string, after: string, lost: ReadonlySet<string>): string {
  return pick(after, (name) => !lost.has(name)) + pick(before, (name) => lost.has(name));
}

/** The declarations of some names. */
function pick(declarations: string, isKept: (name: string) => boolean): string {
  const file = ts.createSourceFile("declarations.d.ts", declarations, ts.ScriptTarget.ES2022, true);
  return file.statements.map((statement) => pickFrom(statement, isKept)).join("");
}

function pickFrom(statement: ts.Statement, isKept: (name: string) => boolean): string {
  if (ts.isVariableStatement(statement)) {
    const { declarations, flags } = statement.declarationList;
    const keyword = flags & ts.NodeFlags.Const ? "const" : "let";
    return declarations
      .filter(({ name }) => isKept(name.getText()))
      .map((declaration) => `declare ${keyword} ${declaration.getText()};\n`)
      .join("");
  }
  const names = ts.isImportDeclaration(statement) ? importedNames(statement) : [nameOf(statement)];
  return names.some(isKept) ? `${statement.getText()}\n` : "";
}

function nameOf(statement: ts.Statement): string {
  const hasName =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isModuleDeclaration(statement);
  return hasName ? (statement.name?.getText() ?? "") : "";
}

/** One import brings all its names or none. */
function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  const names = bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name) : [];
  const one = bindings && ts.isNamespaceImport(bindings) ? bindings.name : null;
  return [importClause?.name, one, ...names].flatMap((name) => (name ? [name.getText()] : []));
}
