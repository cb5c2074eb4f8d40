/** `{ rng }` of a variable of an earlier cell: this package's kernel runs it, plain tslab does not. */
import ts from "@tslab/typescript-for-tslab";
import { descendants } from "../house/source.ts";

/** One sentence for each, in the cells of one notebook. */
export function shorthandProblems(cells: readonly string[]): string[] {
  const earlier = new Set<string>();
  return cells.flatMap((code, i) => {
    const { file, checker } = check(code);
    const problems = descendants(file)
      .filter(ts.isShorthandPropertyAssignment)
      .filter((node) => !checker.getShorthandAssignmentValueSymbol(node) && earlier.has(node.name.text))
      .map(
        ({ name: { text } }) =>
          `cell ${i + 1}: write { ${text}: ${text} }, for ${text} is of an earlier cell`,
      );
    for (const { name } of checker.getSymbolsInScope(file, ts.SymbolFlags.Value | ts.SymbolFlags.Alias))
      earlier.add(name);
    return problems;
  });
}

/** A cell alone: what it does not declare has no symbol. */
function check(code: string): { file: ts.SourceFile; checker: ts.TypeChecker } {
  const file = ts.createSourceFile("cell.ts", `export {};\n${code}`, ts.ScriptTarget.ES2022, true);
  const program = ts.createProgram(
    ["cell.ts"],
    { noLib: true, noResolve: true, types: [] },
    {
      ...ts.createCompilerHost({}),
      getSourceFile: (name) => (name === "cell.ts" ? file : undefined),
    },
  );
  return { file, checker: program.getTypeChecker() };
}
