/** Reads doc comments and the shapes at the ends of `backward`'s lines. */
import ts from "@tslab/typescript-for-tslab";
import { descendants, exportedClasses, isAbstract, isExported, parse, type Source } from "./source.ts";

const longest = 8;

/** The text lines of a declaration's doc comment, or null if it has none. */
function docLines(node: ts.Node): string[] | null {
  const [comment] = node.getChildren().filter(ts.isJSDoc).slice(-1);
  if (!comment) return null;
  const lines = comment
    .getText()
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n");
  return lines.map((line) => line.replace(/^\s*\*? ?/, "").trim()).filter((line) => line !== "");
}

/** Every exported class has a doc comment; that of a class that can be made holds each of `wanted`, for example "Shapes:". */
export function classDocProblems({ path, text }: Source, wanted: readonly string[]): string[] {
  return exportedClasses(parse(text)).flatMap((node) => {
    const lines = docLines(node);
    if (!lines) return [`${path}: class ${node.name?.text} has no doc comment`];
    return (isAbstract(node) ? [] : wanted)
      .filter((mark) => !lines.some((line) => line.includes(mark)))
      .map((mark) => `${path}: the doc comment of class ${node.name?.text} has no "${mark}"`);
  });
}

/** An `@example` reaches to the next tag or the end. */
function withoutExamples(lines: readonly string[]): string[] {
  let inExample = false;
  return lines.filter((line) => {
    if (line.startsWith("@")) inExample = line.startsWith("@example");
    return !inExample;
  });
}

/** No doc comment of an export or of its members is longer than 8 lines; examples do not count. */
export function longDocs({ path, text }: Source): string[] {
  const exported = parse(text).statements.filter(isExported);
  const documented = exported.flatMap((node): ts.Node[] =>
    ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) ? [node, ...node.members] : [node],
  );
  return documented.flatMap((node) => {
    const length = withoutExamples(docLines(node) ?? []).length;
    const name = (node as { name?: ts.Node }).name?.getText() ?? ts.SyntaxKind[node.kind];
    return length > longest
      ? [`${path}: the doc comment of ${name} has ${length} lines, at most ${longest}`]
      : [];
  });
}

/** In every `backward`, a statement that assigns a gradient or returns a value ends its line with a comment that gives the shapes. */
export function missingShapes({ path, text }: Source): string[] {
  const file = parse(text);
  const lines = text.split("\n");
  return exportedClasses(file).flatMap((node) => {
    const backwards = node.members
      .filter(ts.isMethodDeclaration)
      .filter((m) => /^#?backward/.test(m.name.getText()));
    const statements = backwards.flatMap((method) => descendants(method)).filter(givesGradient);
    return statements.flatMap((statement) => {
      const { line } = file.getLineAndCharacterOfPosition(statement.end);
      const comment = (lines[line] ?? "").slice(file.getLineAndCharacterOfPosition(statement.end).character);
      return /^\s*\/\/.*(\([^()]*\)|shape of \w)/.test(comment)
        ? []
        : [
            `${path}:${line + 1}: \`${statement.getText()}\` does not end with its shapes, as in // (N, M) → (N, D)`,
          ];
    });
  });
}

/** `this.dWeight = …` (`this.#dx = …` too) and `return …`. */
function givesGradient(node: ts.Node): boolean {
  if (ts.isReturnStatement(node)) return node.expression !== undefined && insideMethodItself(node);
  if (!ts.isExpressionStatement(node) || !ts.isBinaryExpression(node.expression)) return false;
  const { left, operatorToken } = node.expression;
  return (
    operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    /^this\.#?d[A-Z]\w*$|^this\.#?d[a-z]$/.test(left.getText())
  );
}

/** A return of a callback inside `backward` is not a return of `backward`. */
function insideMethodItself(node: ts.Node): boolean {
  const owner = ts.findAncestor(node, ts.isFunctionLike);
  return owner !== undefined && ts.isMethodDeclaration(owner);
}
