import { parseSync } from "oxc-parser";

/** A node of the syntax tree, read as data: its type, its place, and whatever else it has. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Nodes within nodes that a person writes; a text that nests deeper is made to break its reader. */
const deepest = 400;
const longest = 2 ** 18;

/**
 * The tree of a TypeScript text without parentheses of its own; null for text that does not parse, is
 * longer than 256 kB or nests too deeply. A text that nobody has parsed yet may end this process: the
 * grader parses each one in a process of its own first.
 */
export function treeOf(text: string): Node | null {
  if (text.length > longest) return null;
  const { program, errors } = parseSync("submission.ts", text, { lang: "ts", preserveParens: false });
  const tree = program as unknown as Node;
  return errors.some(({ severity }) => severity === "Error") || isDeep(tree) ? null : tree;
}

function isDeep(tree: Node): boolean {
  let level = [tree];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap(childrenOf);
  }
  return false;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The nodes right below one, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node))
    if (Array.isArray(value)) children.push(...value.filter(isNode));
    else if (isNode(value)) children.push(value);
  return children.sort((a, b) => a.start - b.start);
}

/** Calls `visit` on a node and on all below it, with the nodes above, the nearest last. */
export function walk(
  node: Node,
  visit: (node: Node, above: readonly Node[]) => void,
  above: readonly Node[] = [],
): void {
  visit(node, above);
  const path = [...above, node];
  for (const child of childrenOf(node)) walk(child, visit, path);
}

export const isFunction = ({ type }: Node): boolean =>
  type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";

/** The number of the line, from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
