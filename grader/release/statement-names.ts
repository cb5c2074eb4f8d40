import type { Node } from "oxc-parser";
import { declaredBy } from "./names-kept.ts";
import { childrenOf } from "./syntax.ts";

/** What a statement reads and writes, from its syntax tree. */
export interface StatementNames {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly opens: readonly string[];
  /** Whether it may leave the function. */
  readonly leaves: boolean;
}

/** Calls inside an expression count as reading only; a call that stands alone changes its object, or what it is given. */
export function statementNames(statement: Node): StatementNames {
  const reads: string[] = [];
  const writes: string[] = declaredBy(statement).map(({ text }) => text);
  const opens: string[] = [];
  const local = new Set<string>();
  let leaves = false;
  const write = (target: Node): void => {
    const path = pathOf(target);
    if (path === null) {
      for (const child of childrenOf(target)) write(child);
      return;
    }
    writes.push(path);
    if (path.includes(".")) opens.push(path.slice(0, path.lastIndexOf(".")));
  };
  const visit = (node: Node, isTop: boolean): void => {
    if (/^(Return|Throw|Break|Continue)Statement$/.test(node.type)) leaves = true;
    if (!isTop) for (const { text } of declaredBy(node)) local.add(text);
    if (/^(Arrow)?Function/.test(node.type) && "params" in node)
      for (const { text } of node.params.flatMap(parameterNames)) local.add(text);
    if (node.type.startsWith("TSType")) return;
    if (node.type === "AssignmentExpression" || node.type === "UpdateExpression") {
      const target = node.type === "AssignmentExpression" ? node.left : node.argument;
      write(target);
      if (node.type === "UpdateExpression" || node.operator !== "=") visit(target, false);
      if (node.type === "AssignmentExpression") visit(node.right, false);
      return;
    }
    if (node.type === "ExpressionStatement" && node.expression.type === "CallExpression") {
      const { callee, arguments: given } = node.expression;
      if (callee.type === "MemberExpression") writes.push(pathOf(callee.object) ?? "?");
      else writes.push(...given.map((argument) => pathOf(argument) ?? "?"));
    }
    // A method of the object itself may read and write all of it.
    if (node.type === "CallExpression" && /^this\.[^.]+$/.test(pathOf(node.callee) ?? "")) {
      reads.push("this");
      writes.push("this");
    }
    const path = pathOf(node);
    if (path !== null) {
      reads.push(path);
      return;
    }
    if (node.type === "Property" && !node.computed) visit(node.value, false);
    else if (node.type === "MemberExpression" && !node.computed) visit(node.object, false);
    else if (node.type === "VariableDeclarator") {
      if (node.init) visit(node.init, false);
    } else for (const child of childrenOf(node)) visit(child, false);
  };
  visit(statement, true);
  const isOwn = (path: string): boolean => !local.has(path.split(".")[0] as string);
  return { reads: reads.filter(isOwn), writes: writes.filter(isOwn), opens: opens.filter(isOwn), leaves };
}

function parameterNames(node: Node): readonly { text: string }[] {
  return node.type === "Identifier" ? [{ text: node.name }] : childrenOf(node).flatMap(parameterNames);
}

/** `this.x.y` as text; null for anything else. */
function pathOf(node: Node): string | null {
  if (node.type === "Identifier") return node.name;
  if (node.type === "ThisExpression") return "this";
  if (
    node.type === "TSNonNullExpression" ||
    node.type === "ParenthesizedExpression" ||
    node.type === "ChainExpression"
  )
    return pathOf(node.expression);
  if (node.type !== "MemberExpression" || node.computed) return null;
  const object = pathOf(node.object);
  const name = node.property.type === "PrivateIdentifier" ? `#${node.property.name}` : pathOf(node.property);
  return object === null || name === null ? null : `${object}.${name}`;
}
