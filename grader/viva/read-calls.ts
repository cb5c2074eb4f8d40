import { isFunction, isNode, type Node } from "../honesty/syntax.ts";

/** `dy.sum(0)`: the object, the method's name, the arguments. */
export interface MethodCall {
  readonly object: Node;
  readonly method: string;
  readonly arguments: readonly Node[];
}

/** A call of a method, or null. */
export function methodCall(node: Node): MethodCall | null {
  const { type, callee, arguments: given } = node;
  if (type !== "CallExpression" || !isNode(callee) || callee.type !== "MemberExpression") return null;
  const { object, property, computed } = callee;
  if (computed === true || !isNode(object) || !isNode(property)) return null;
  return { object, method: String(property.name), arguments: (given as unknown[]).filter(isNode) };
}

/** The name of a called function, "" for another node. */
export function calledFunction({ type, callee }: Node): string {
  return type === "CallExpression" && isNode(callee) && callee.type === "Identifier"
    ? String(callee.name)
    : "";
}

/** The number that a literal is, with its sign; null for another node. */
export function numberOf(node: Node | undefined): number | null {
  if (!node) return null;
  if (node.type === "Literal" && typeof node.value === "number") return node.value;
  if (node.type !== "UnaryExpression" || node.operator !== "-" || !isNode(node.argument)) return null;
  const value = numberOf(node.argument);
  return value === null ? null : -value;
}

/** The name of the nearest function around a node; "" where none has a name. */
export function functionAround(above: readonly Node[]): string {
  for (let i = above.length - 1; i >= 0; i--) {
    const [node, outer] = [above[i] as Node, above[i - 1]];
    if (!isFunction(node) && node.type !== "MethodDefinition") continue;
    const named = [node.id, node.key, outer?.id, outer?.key].find(isNode);
    if (named && typeof named.name === "string") return named.name;
  }
  return "";
}
