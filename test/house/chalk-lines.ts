/** Lines that end in `// chalk: why`: what chalk's forward remembers for its backward, and tape's twin does without. */
import ts from "@tslab/typescript-for-tslab";
import { descendants, markedComments, parse } from "./source.ts";

/** The lines (from 0) that the comparison of the twins drops. */
export function chalkLines(text: string): Set<number> {
  return new Set(markedComments(text, "chalk:").map(({ line }) => line));
}

/** What is wrong with a file's chalk lines: each may only assign one `#private` field, in one statement on one line of `forward`. */
export function chalkLineProblems(text: string): string[] {
  const file = parse(text);
  const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
  const statements = descendants(file).filter(
    (node): node is ts.Statement => ts.isStatement(node) && !ts.isBlock(node),
  );
  return markedComments(text, "chalk:").flatMap(({ line, why }) => {
    const here = statements.filter((node) => lineOf(node.getStart()) <= line && line <= lineOf(node.end));
    const innermost = here.filter((node) => !here.some((other) => other !== node && encloses(node, other)));
    const [statement] = innermost;
    const problem =
      why === ""
        ? "says no reason"
        : innermost.length !== 1 || !statement || lineOf(statement.getStart()) !== lineOf(statement.end)
          ? "is not exactly one statement"
          : !inForward(statement)
            ? "stands outside forward"
            : !assignsPrivateField(statement)
              ? "does more than assign a #private field"
              : null;
    return problem ? [`line ${line + 1}: a "// chalk:" line ${problem}`] : [];
  });
}

function encloses(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

function inForward(statement: ts.Statement): boolean {
  const method = ts.findAncestor(statement, ts.isMethodDeclaration);
  return method !== undefined && /^#?forward/.test(method.name.getText());
}

/** `this.#name = expression;` where the expression computes but changes nothing: no assignment, no ++, no await, no call. */
function assignsPrivateField(statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return false;
  const { left, operatorToken, right } = statement.expression;
  return (
    operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(left) &&
    left.expression.kind === ts.SyntaxKind.ThisKeyword &&
    ts.isPrivateIdentifier(left.name) &&
    !descendants(right).some(hasEffect)
  );
}

function hasEffect(node: ts.Node): boolean {
  return (
    (ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment) ||
    (ts.isPrefixUnaryExpression(node) &&
      [ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken].includes(node.operator)) ||
    ts.isPostfixUnaryExpression(node) ||
    ts.isDeleteExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isTaggedTemplateExpression(node)
  );
}
